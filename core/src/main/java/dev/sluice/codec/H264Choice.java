package dev.sluice.codec;

import dev.sluice.rtp.h264.ProfileLevelId;
import dev.sluice.sdp.FormatChoice;
import dev.sluice.sdp.PayloadFormat;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
record H264Choice(@Nullable ProfileLevelId source) implements FormatChoice {

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

  private static final int CLOCK_RATE = 90_000;

  @Override
  public @Nullable PayloadFormat choose(List<PayloadFormat> offered) {
    Comparator<PayloadFormat> order =
        Comparator.<PayloadFormat>comparingInt(format -> statesMode(format) ? 0 : 1)
            .thenComparingInt(format -> distance(profileOf(format)))
            .thenComparingInt(format -> reachesLevel(profileOf(format)) ? 0 : 1);
    return offered.stream().filter(H264Choice::isSuitable).min(order).orElse(null);
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
