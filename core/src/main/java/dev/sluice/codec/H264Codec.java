package dev.sluice.codec;

import dev.sluice.rtp.PayloadWriter;
import dev.sluice.rtp.h264.SpropParameterSets;
import dev.sluice.sdp.PayloadFormat;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** H.264 (RFC 6184), without packetization-mode 2. */
final class H264Codec implements CodecFormat {
  private static final int CLOCK_RATE = 90_000;
  private static final int LEVEL_OFFSET = 3;
  private static final int TYPE_MASK = 0x1F;
  private static final int SPS = 7;
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
  public SortedMap<String, String> describe(CodecParameters parameters) {
    List<byte[]> sets = ((H264Parameters) parameters).parameterSets();
    StringBuilder fmtp = new StringBuilder("packetization-mode=1");
    sets.stream()
        .filter(set -> set.length > LEVEL_OFFSET && (set[0] & TYPE_MASK) == SPS)
        .findFirst()
        .map(sps -> HexFormat.of().formatHex(sps, 1, LEVEL_OFFSET + 1))
        .ifPresent(profile -> fmtp.append(";profile-level-id=").append(profile));
    if (!sets.isEmpty()) {
      fmtp.append(";sprop-parameter-sets=").append(SpropParameterSets.format(sets));
    }
    return new TreeMap<>(Map.of("rtpmap", "H264/" + CLOCK_RATE, "fmtp", fmtp.toString()))
        .descendingMap();
  }

  @Override
  public TrackFormat input(PayloadWriter log, int maxPayload, CodecParameters parameters) {
    return new H264Format(log, maxPayload, ((H264Parameters) parameters).parameterSets());
  }
}
