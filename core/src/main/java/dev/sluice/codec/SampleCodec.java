package dev.sluice.codec;

import dev.sluice.rtp.PayloadWriter;
import dev.sluice.rtp.samples.SampleWriter;
import dev.sluice.sdp.PayloadFormat;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * G.711 and G.722: audio of one octet a tick, with a payload type that needs no rtpmap (RFC 3551
 * section 6).
 */
final class SampleCodec implements CodecFormat {
  private static final int CLOCK_RATE = 8_000;

  private final OneFormat format;

  SampleCodec(String encoding, int payloadType) {
    format = new OneFormat(encoding, CLOCK_RATE, payloadType);
  }

  @Override
  public CodecParameters defaults() {
    return new NoParameters();
  }

  @Override
  public @Nullable CodecParameters parse(PayloadFormat announced) {
    return format.matches(announced) ? new NoParameters() : null;
  }

  @Override
  public SortedMap<String, String> describe(CodecParameters parameters) {
    return format.description();
  }

  @Override
  public TrackFormat input(PayloadWriter log, InputOptions options, CodecParameters parameters) {
    return new WrittenTrack(new SampleWriter(log, options.maxPayload()), format);
  }
}
