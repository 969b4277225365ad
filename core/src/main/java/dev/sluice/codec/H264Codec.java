package dev.sluice.codec;

import dev.sluice.rtp.PayloadWriter;
import dev.sluice.rtp.h264.SpropParameterSets;
import dev.sluice.sdp.PayloadFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** H.264 (RFC 6184), without packetization-mode 2. */
final class H264Codec implements CodecFormat {
  private static final int CLOCK_RATE = 90_000;
  private static final String INTERLEAVED_MODE = "2";

  @Override
  public CodecParameters defaults() {
    return new H264Parameters(List.of());
  }

  @Override
  public @Nullable CodecParameters parse(PayloadFormat announced) {
    if (!announced.is("H264", CLOCK_RATE)
        || INTERLEAVED_MODE.equals(announced.parameter("packetization-mode"))) {
      return null;
    }
    String sets = Objects.requireNonNullElse(announced.parameter("sprop-parameter-sets"), "");
    return new H264Parameters(SpropParameterSets.parse(sets));
  }

  @Override
  public TrackFormat input(PayloadWriter log, int maxPayload, CodecParameters parameters) {
    return new H264Format(log, maxPayload, ((H264Parameters) parameters).parameterSets());
  }
}
