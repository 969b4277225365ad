package dev.sluice.codec;

import dev.sluice.rtp.PayloadWriter;
import dev.sluice.sdp.PayloadFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Opus (RFC 7587). */
final class OpusCodec implements CodecFormat {
  private static final int CLOCK_RATE = 48_000;

  @Override
  public CodecParameters defaults() {
    return new OpusParameters(1);
  }

  @Override
  public @Nullable CodecParameters parse(PayloadFormat announced) {
    return announced.is("opus", CLOCK_RATE)
        ? new OpusParameters("1".equals(announced.parameter("sprop-stereo")) ? 2 : 1)
        : null;
  }

  @Override
  public SortedMap<String, String> describe(CodecParameters parameters) {
    int stereo = ((OpusParameters) parameters).channels() - 1;
    return new TreeMap<>(Map.of("rtpmap", "opus/48000/2", "fmtp", "sprop-stereo=" + stereo))
        .descendingMap();
  }

  @Override
  public TrackFormat input(PayloadWriter log, int maxPayload, CodecParameters parameters) {
    return new OpusFormat(log, maxPayload, ((OpusParameters) parameters).channels() == 2);
  }
}
