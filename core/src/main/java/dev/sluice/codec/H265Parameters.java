package dev.sluice.codec;

import java.util.List;

/**
 * H.265 as announced.
 *
 * @param parameterSets VPS, SPS and PPS NAL units known in advance, without start codes; none where
 *     they come in band
 */
public record H265Parameters(List<byte[]> parameterSets) implements CodecParameters {

  /**
   * Makes the list immutable.
   *
   * @param parameterSets see above
   */
  public H265Parameters {
    parameterSets = List.copyOf(parameterSets);
  }
}
