package dev.sluice.codec;

import dev.sluice.rtp.FrameAssembler;
import dev.sluice.rtp.PayloadWriter;
import dev.sluice.rtp.vp8.Vp8Assembler;
import dev.sluice.rtp.vp8.Vp8Writer;

/** VP8 (RFC 7741). Its format parameters say what a receiver bears, which a relay cannot heed. */
final class Vp8Codec extends PlainCodec {
  private static final OneFormat FORMAT = new OneFormat("VP8", 90_000);

  Vp8Codec() {
    super(FORMAT);
  }

  @Override
  public FrameAssembler frames(NalUnitFraming framing) {
    return new Vp8Assembler();
  }

  @Override
  public TrackFormat input(PayloadWriter log, InputOptions options, CodecParameters parameters) {
    return new WrittenTrack(new Vp8Writer(log, options.maxPayload()), FORMAT);
  }
}
