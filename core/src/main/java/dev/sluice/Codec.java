package dev.sluice;

/** What a track carries. */
public enum Codec {
  /** H.264 video over RTP (RFC 6184), 90,000 ticks a second */
  H264(90_000),
  /** Opus audio over RTP (RFC 7587), 48,000 ticks a second */
  OPUS(48_000);

  private final int clockRate;

  Codec(int clockRate) {
    this.clockRate = clockRate;
  }

  /** {@return RTP ticks a second} */
  public int clockRate() {
    return clockRate;
  }
}
