package dev.sluice.codec;

/** What a track carries. Each constant says what a frame of it is when a host pushes those. */
public enum Codec {
  /** H.264 video (RFC 6184); a frame is an access unit, with start codes */
  H264(MediaKind.VIDEO, 90_000, new H264Codec()),
  /** H.265 video (RFC 7798); a frame is an access unit, with start codes */
  H265(MediaKind.VIDEO, 90_000, new H265Codec()),
  /** VP8 video (RFC 7741); a frame is an encoded picture */
  VP8(MediaKind.VIDEO, 90_000, new Vp8Codec()),
  /** VP9 video (RFC 9628); a frame is an encoded picture or superframe */
  VP9(MediaKind.VIDEO, 90_000, new Vp9Codec()),
  /** AV1 video (RTP payload format for AV1); a frame is a temporal unit of OBUs with sizes */
  AV1(MediaKind.VIDEO, 90_000, new Av1Codec()),
  /** Opus audio (RFC 7587); a frame is an Opus packet */
  OPUS(MediaKind.AUDIO, 48_000, new OpusCodec()),
  /** G.711 µ-law audio (RFC 3551, section 4.5.14); a frame is any number of samples */
  PCMU(MediaKind.AUDIO, 8_000, new SampleCodec("PCMU", 0)),
  /** G.711 A-law audio (RFC 3551, section 4.5.14); a frame is any number of samples */
  PCMA(MediaKind.AUDIO, 8_000, new SampleCodec("PCMA", 8)),
  /** G.722 audio (RFC 3551, section 4.5.2); a frame is any number of octets of 64 kbit/s */
  G722(MediaKind.AUDIO, 8_000, new SampleCodec("G722", 9));

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
