package dev.sluice.codec;

/** What a track carries. */
public enum Codec {
  /** H.264 video over RTP (RFC 6184) */
  H264(MediaKind.VIDEO, 90_000, new H264Codec()),
  /** Opus audio over RTP (RFC 7587) */
  OPUS(MediaKind.AUDIO, 48_000, new OpusCodec());

  private final MediaKind kind;
  private final int clockRate;
  private final CodecFormat format;

  Codec(MediaKind kind, int clockRate, CodecFormat format) {
    this.kind = kind;
    this.clockRate = clockRate;
    this.format = format;
  }

  /** {@return whether it is video or audio} */
  public MediaKind kind() {
    return kind;
  }

  /** {@return RTP ticks a second} */
  public int clockRate() {
    return clockRate;
  }

  /** {@return all that is particular to it, for the engine and its front ends} */
  public CodecFormat format() {
    return format;
  }
}
