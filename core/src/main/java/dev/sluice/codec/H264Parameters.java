package dev.sluice.codec;

import java.util.List;

/**
 * H.264 as announced.
 *
 * @param parameterSets SPS and PPS NAL units known in advance, without start codes; none where they
 *     come in band
 */
public record H264Parameters(List<byte[]> parameterSets) implements CodecParameters {

  /**
   * Makes the list immutable.
   *
   * @param parameterSets see above
   */
  public H264Parameters {
    parameterSets = List.copyOf(parameterSets);
  }
}
