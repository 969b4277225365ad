package dev.sluice.rtp.h264;

import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The SDP parameter profile-level-id: the three bytes that follow the header of a sequence
 * parameter set (RFC 6184 sections 8.1 and 8.2.2).
 *
 * @param profileIdc profile_idc
 * @param profileIop the constraint flags, constraint_set0_flag in the highest bit
 * @param levelIdc level_idc
 */
public record ProfileLevelId(int profileIdc, int profileIop, int levelIdc) {

  /** what a missing parameter means: Baseline, level 1 (RFC 6184 section 8.1) */
  public static final ProfileLevelId DEFAULT = new ProfileLevelId(0x42, 0x00, 10);

  private static final Pattern SYNTAX = Pattern.compile("[0-9a-fA-F]{6}");
  private static final int CONSTRAINT_SET3 = 0x10;
  private static final int LEVEL_1B = 9;
  private static final int LEVEL_1_1 = 11;

  /**
   * Makes an id of its three bytes.
   *
   * @param profileIdc profile_idc
   * @param profileIop the constraint flags
   * @param levelIdc level_idc
   * @throws IllegalArgumentException if one of them is not between 0 and 255
   */
  public ProfileLevelId {
    if ((profileIdc | profileIop | levelIdc) >>> 8 != 0) {
      throw new IllegalArgumentException(
          "not three bytes: " + profileIdc + ", " + profileIop + ", " + levelIdc);
    }
  }

  /**
   * Parses the parameter.
   *
   * @param value six hexadecimal digits
   * @return null if it is anything else
   */
  public static @Nullable ProfileLevelId parse(String value) {
    if (!SYNTAX.matcher(value).matches()) {
      return null;
    }
    int id = HexFormat.fromHexDigits(value);
    return new ProfileLevelId(id >> 16, id >> 8 & 0xFF, id & 0xFF);
  }

  /**
   * Whether both ids stand for the same sub-profile, that is for the same set of coding tools,
   * whatever the level (RFC 6184 section 8.1, table 5).
   *
   * @param other the id to compare with
   * @return true if they do
   */
  public boolean sameProfile(ProfileLevelId other) {
    SubProfile own = SubProfile.of(profileIdc, profileIop);
    return own == SubProfile.of(other.profileIdc, other.profileIop)
        && (own != null || profileIdc == other.profileIdc && profileIop == other.profileIop);
  }

  /**
   * Compares levels: 1 &lt; 1b &lt; 1.1 &lt; 1.2 and so on.
   *
   * @param other the id to compare with
   * @return negative, zero or positive as this level is lower, the same or higher
   */
  public int compareLevel(ProfileLevelId other) {
    return Integer.compare(levelRank(), other.levelRank());
  }

  /** {@return whether this is level 1b, which is signalled in a way of its own} */
  public boolean isLevel1b() {
    return levelIdc == LEVEL_1B
        || levelIdc == LEVEL_1_1 && marksLevel1b(profileIdc) && (profileIop & CONSTRAINT_SET3) != 0;
  }

  /**
   * Answers an offer with this as what the answerer supports: the offered profile at the level to
   * use (RFC 6184 section 8.2.2).
   *
   * @param offer the offered id
   * @param levelAsymmetry whether offer and answer both have level-asymmetry-allowed=1: the level
   *     is then the answerer's own, otherwise the lower of both
   * @return the id for the answer; null if the profiles differ, so that the format is rejected
   */
  public @Nullable ProfileLevelId answer(ProfileLevelId offer, boolean levelAsymmetry) {
    if (!sameProfile(offer)) {
      return null;
    }
    return levelAsymmetry || compareLevel(offer) < 0 ? offer.withLevelOf(this) : offer;
  }

  /** {@return the six hexadecimal digits of the parameter} */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(profileIdc << 16 | profileIop << 8 | levelIdc, 6);
  }

  private ProfileLevelId withLevelOf(ProfileLevelId other) {
    boolean level1b = other.isLevel1b();
    if (!marksLevel1b(profileIdc)) {
      return new ProfileLevelId(profileIdc, profileIop, level1b ? LEVEL_1B : other.levelIdc);
    }
    int iop = profileIop & ~CONSTRAINT_SET3;
    return level1b
        ? new ProfileLevelId(profileIdc, iop | CONSTRAINT_SET3, LEVEL_1_1)
        : new ProfileLevelId(profileIdc, iop, other.levelIdc);
  }

  /** whether the profile tells level 1b from level 1.1 by constraint_set3_flag */
  private static boolean marksLevel1b(int profileIdc) {
    return profileIdc == 0x42 || profileIdc == 0x4D || profileIdc == 0x58;
  }

  /** 1b lies between 1 and 1.1, level_idc 10 and 11 */
  private int levelRank() {
    return isLevel1b() ? 2 * LEVEL_1_1 - 1 : 2 * levelIdc;
  }

  /** the sub-profiles of RFC 6184 table 5 and the two of High that H.264 got later */
  private enum SubProfile {
    CONSTRAINED_BASELINE("42 x1xx0000", "4D 1xxx0000", "58 11xx0000"),
    BASELINE("42 x0xx0000", "58 10xx0000"),
    MAIN("4D 0x0x0000"),
    EXTENDED("58 00xx0000"),
    HIGH("64 00000000"),
    PROGRESSIVE_HIGH("64 00001000"),
    CONSTRAINED_HIGH("64 00001100"),
    HIGH_10("6E 00000000"),
    HIGH_422("7A 00000000"),
    HIGH_444("F4 00000000"),
    HIGH_10_INTRA("6E 00010000"),
    HIGH_422_INTRA("7A 00010000"),
    HIGH_444_INTRA("F4 00010000"),
    CAVLC_444_INTRA("2C 00010000");

    private static final SubProfile[] ALL = values();

    /** each: profile_idc in hexadecimal, the bits of profile-iop with x for either */
    private final String[] patterns;

    SubProfile(String... patterns) {
      this.patterns = patterns;
    }

    static @Nullable SubProfile of(int profileIdc, int profileIop) {
      for (SubProfile profile : ALL) {
        for (String pattern : profile.patterns) {
          if (matches(pattern, profileIdc, profileIop)) {
            return profile;
          }
        }
      }
      return null;
    }

    private static boolean matches(String pattern, int profileIdc, int profileIop) {
      if (HexFormat.fromHexDigits(pattern, 0, 2) != profileIdc) {
        return false;
      }
      for (int bit = 0; bit < 8; bit++) {
        char expected = pattern.charAt(3 + bit);
        char actual = (profileIop << bit & 0x80) == 0 ? '0' : '1';
        if (expected != 'x' && expected != actual) {
          return false;
        }
      }
      return true;
    }
  }
}
