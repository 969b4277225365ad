package dev.sluice;

import java.util.List;

/**
 * A track that is about to be published.
 *
 * @param name how the publisher calls it, unique within the stream
 * @param codec what it carries
 * @param channels audio channels; 0 for video
 * @param parameterSets H.264 SPS and PPS NAL units known in advance, without start codes
 */
public record TrackDescription(String name, Codec codec, int channels, List<byte[]> parameterSets) {

  /**
   * Makes the list of parameter sets immutable.
   *
   * @param name see above
   * @param codec see above
   * @param channels see above
   * @param parameterSets see above
   */
  public TrackDescription {
    parameterSets = List.copyOf(parameterSets);
  }

  /**
   * H.264 video whose parameter sets come in band.
   *
   * @param name how the publisher calls the track
   * @return the description
   */
  public static TrackDescription h264(String name) {
    return h264(name, List.of());
  }

  /**
   * H.264 video with parameter sets known in advance.
   *
   * @param name how the publisher calls the track
   * @param parameterSets SPS and PPS NAL units, without start codes
   * @return the description
   */
  public static TrackDescription h264(String name, List<byte[]> parameterSets) {
    return new TrackDescription(name, Codec.H264, 0, parameterSets);
  }

  /**
   * Opus audio.
   *
   * @param name how the publisher calls the track
   * @param channels 1 or 2
   * @return the description
   */
  public static TrackDescription opus(String name, int channels) {
    return new TrackDescription(name, Codec.OPUS, channels, List.of());
  }
}
