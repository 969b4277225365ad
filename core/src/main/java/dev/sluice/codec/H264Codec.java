package dev.sluice.codec;

import dev.sluice.rtp.FrameAssembler;
import dev.sluice.rtp.FrameCutter;
import dev.sluice.rtp.PayloadWriter;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.h264.H264Counter;
import dev.sluice.rtp.h264.H264Normalizer;
import dev.sluice.rtp.h264.H264Packetizer;
import dev.sluice.rtp.h264.ProfileLevelId;
import dev.sluice.rtp.h264.SequenceParameterSet;
import dev.sluice.rtp.h264.SpropParameterSets;
import dev.sluice.sdp.FormatChoice;
import dev.sluice.sdp.FormatOffer;
import dev.sluice.sdp.PayloadFormat;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
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

  /** the profiles that peers send, up to level 5.2 */
  @Override
  public List<FormatOffer> offers() {
    return Stream.of("42e034", "420034", "4d0034", "640c34", "640034")
        .map(id -> "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=" + id)
        .map(parameters -> new FormatOffer("H264/" + CLOCK_RATE, parameters))
        .toList();
  }

  @Override
  public FrameCutter cutter() {
    return H264Packetizer.cutter();
  }

  @Override
  public TrackFormat input(PayloadWriter log, InputOptions options, CodecParameters parameters) {
    return new Format(log, options, ((H264Parameters) parameters).parameterSets());
  }

  @Override
  public FrameAssembler frames(NalUnitFraming framing) {
    return H264Packetizer.assembler(framing == NalUnitFraming.LENGTHS);
  }

  /** As RTP payloads or as access units. */
  private static final class Format implements TrackFormat {
    private static final List<H264Counter> MALFORMED =
        List.of(
            H264Counter.INTERLEAVED_MODE,
            H264Counter.FORBIDDEN_BIT,
            H264Counter.MALFORMED_NAL_UNIT,
            H264Counter.MALFORMED_AGGREGATE,
            H264Counter.MALFORMED_FRAGMENT,
            H264Counter.MALFORMED_ACCESS_UNIT);

    private final H264Normalizer normalizer;
    private final H264Packetizer packetizer;
    private volatile @Nullable ProfileLevelId profile;

    Format(PayloadWriter log, InputOptions options, List<byte[]> parameterSets) {
      int maxPayload = options.maxPayload();
      normalizer = new H264Normalizer(log, maxPayload, options.passesReordered());
      packetizer = new H264Packetizer(log, maxPayload, options.passesReordered());

      for (byte[] set : parameterSets) {
        normalizer.parameterSet(set);
        packetizer.parameterSet(set);
      }
      noteProfile(normalizer.sequenceParameterSet());
    }

    @Override
    public void rtp(RtpPacket packet, int timestamp, int lostBefore) {
      normalizer.accept(
          packet.buffer(),
          packet.payloadOffset(),
          packet.payloadLength(),
          timestamp,
          packet.marker(),
          lostBefore > 0);
      noteProfile(normalizer.sequenceParameterSet());
    }

    @Override
    public boolean frame(ByteBuffer data, int timestamp) {
      boolean wellFormed = packetizer.annexB(data, timestamp);
      noteProfile(packetizer.sequenceParameterSet());
      return wellFormed;
    }

    @Override
    public boolean nalUnits(ByteBuffer data, int lengthSize, int timestamp) {
      boolean wellFormed = packetizer.lengthPrefixed(data, lengthSize, timestamp);
      noteProfile(packetizer.sequenceParameterSet());
      return wellFormed;
    }

    @Override
    public void end() {
      normalizer.flush();
    }

    @Override
    public long malformed() {
      return MALFORMED.stream().mapToLong(this::count).sum();
    }

    @Override
    public boolean hasReordered() {
      return count(H264Counter.REORDERED_PICTURE) > 0;
    }

    @Override
    public PayloadCounts counts() {
      return new PayloadCounts(
          count(H264Counter.KEYFRAME),
          count(H264Counter.RECOVERY_POINT),
          count(H264Counter.KEYFRAME_WITHOUT_PARAMETER_SETS),
          count(H264Counter.REORDERED_PICTURE),
          count(H264Counter.REORDERED_PICTURE_DROPPED));
    }

    @Override
    public FormatChoice choice() {
      return new Choice(profile);
    }

    private void noteProfile(@Nullable SequenceParameterSet newest) {
      if (newest != null && newest.profileLevelId() != profile) {
        profile = newest.profileLevelId();
      }
    }

    private long count(H264Counter counter) {
      return normalizer.counters().get(counter) + packetizer.counters().get(counter);
    }
  }

  /**
   * H.264 in packetization-mode 1, which a relay needs to split NAL units (RFC 6184 section 8.2.2).
   *
   * <p>Of the offered formats the best is, in this order,
   *
   * <ol>
   *   <li>one of the source's own profile,
   *   <li>one of the next profile up, whose decoders decode the source's too,
   *   <li>one of the highest profile below. Such a viewer did not promise to decode the source, but
   *       common decoders do more than their browser offers, and the alternative is no picture.
   * </ol>
   *
   * <p>Among formats of one profile, a level that reaches the source's goes first. Levels exclude
   * nothing: browsers offer 3.1 and decode well above. When the source's profile is not known yet,
   * the viewer's first choice is taken.
   *
   * <p>A format that does not state its packetization-mode stands for mode 0 (section 8.1) and is
   * taken when nothing better is offered: receivers that take any mode, GStreamer's for one, leave
   * the parameter out. One that states mode 0 is never taken.
   *
   * <p>The answer repeats the chosen format's parameters for receivers: profile and mode have to be
   * the same in both directions, and this side receives nothing that a level could limit.
   */
  record Choice(@Nullable ProfileLevelId source) implements FormatChoice {

    /** Profiles by what their decoders decode, least first. */
    private static final List<ProfileLevelId> PROFILES =
        List.of(
            profile("42e01f"), // Constrained Baseline
            profile("42001f"), // Baseline
            profile("4d001f"), // Main
            profile("640c1f"), // Constrained High
            profile("64081f"), // Progressive High
            profile("64001f"), // High
            profile("6e001f"), // High 10
            profile("7a001f"), // High 4:2:2
            profile("f4001f")); // High 4:4:4 Predictive

    @Override
    public @Nullable PayloadFormat choose(List<PayloadFormat> offered) {
      Comparator<PayloadFormat> order =
          Comparator.<PayloadFormat>comparingInt(format -> statesMode(format) ? 0 : 1)
              .thenComparingInt(format -> distance(profileOf(format)))
              .thenComparingInt(format -> reachesLevel(profileOf(format)) ? 0 : 1);
      return offered.stream().filter(Choice::isSuitable).min(order).orElse(null);
    }

    @Override
    public @Nullable String parameters(PayloadFormat chosen) {
      return chosen.receiverParameters();
    }

    @Override
    public String wanted() {
      return "H264/90000 with packetization-mode=1";
    }

    private static boolean isSuitable(PayloadFormat format) {
      String mode = format.parameter("packetization-mode");
      return format.is("H264", CLOCK_RATE)
          && (mode == null || mode.equals("1"))
          && profileOf(format) != null;
    }

    private static boolean statesMode(PayloadFormat format) {
      return format.parameter("packetization-mode") != null;
    }

    private static @Nullable ProfileLevelId profileOf(PayloadFormat format) {
      String id = format.parameter("profile-level-id");
      return id == null ? ProfileLevelId.DEFAULT : ProfileLevelId.parse(id);
    }

    /** How far an offered profile is from the source's; 0 for the same. */
    private int distance(@Nullable ProfileLevelId offered) {
      if (source == null || offered == null || source.sameProfile(offered)) {
        return 0;
      }
      int up = rank(offered) - rank(source);
      return up >= 0 ? up : PROFILES.size() - up;
    }

    private boolean reachesLevel(@Nullable ProfileLevelId offered) {
      return source == null || offered == null || offered.compareLevel(source) >= 0;
    }

    private static int rank(ProfileLevelId profile) {
      for (int i = 0; i < PROFILES.size(); i++) {
        if (PROFILES.get(i).sameProfile(profile)) {
          return i;
        }
      }
      return rankOfProfileIdc(profile.profileIdc());
    }

    /** Takes unusual constraint flags for none. */
    private static int rankOfProfileIdc(int profileIdc) {
      int rank = PROFILES.size() - 1;
      while (rank > 0 && PROFILES.get(rank).profileIdc() != profileIdc) {
        rank--;
      }
      return rank;
    }

    private static ProfileLevelId profile(String id) {
      return Objects.requireNonNull(ProfileLevelId.parse(id));
    }
  }
}
