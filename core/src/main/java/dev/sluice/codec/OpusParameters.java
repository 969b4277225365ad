package dev.sluice.codec;

/**
 * Opus as announced.
 *
 * @param channels what the source sends, 1 or 2
 */
public record OpusParameters(int channels) implements CodecParameters {

  /**
   * Checks the number of channels.
   *
   * @param channels see above
   * @throws IllegalArgumentException for another number
   */
  public OpusParameters {
    if (channels != 1 && channels != 2) {
      throw new IllegalArgumentException("channels is " + channels + ", allowed is 1 or 2");
    }
  }
}
