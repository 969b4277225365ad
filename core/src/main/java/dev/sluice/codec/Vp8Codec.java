package dev.sluice.codec;

import dev.sluice.rtp.FrameAssembler;
import dev.sluice.rtp.PayloadWriter;
import dev.sluice.rtp.vp8.Vp8Assembler;
import dev.sluice.rtp.vp8.Vp8Writer;
import dev.sluice.sdp.PayloadFormat;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** VP8 (RFC 7741). Its format parameters say what a receiver bears, which a relay cannot heed. */
final class Vp8Codec implements CodecFormat {
  private static final OneFormat FORMAT = new OneFormat("VP8", 90_000);

  @Override
  public CodecParameters defaults() {
    return new NoParameters();
  }

  @Override
  public @Nullable CodecParameters parse(PayloadFormat announced) {
    return FORMAT.matches(announced) ? new NoParameters() : null;
  }

  @Override
  public SortedMap<String, String> describe(CodecParameters parameters) {
    return FORMAT.description();
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
