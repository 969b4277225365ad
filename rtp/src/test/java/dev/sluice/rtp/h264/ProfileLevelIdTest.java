package dev.sluice.rtp.h264;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** RFC 6184 sections 8.1 and 8.2.2. */
class ProfileLevelIdTest {

  /** table 5, one line a sub-profile, with every bit that may vary in several variants */
  private static final List<List<String>> SUB_PROFILES =
      List.of(
          List.of("42e01f", "42c01f", "42401f", "42f01f", "4d801f", "4df01f", "58c01f", "58f01f"),
          List.of("42001f", "42a01f", "42b01f", "58801f", "58b01f"),
          List.of("4d001f", "4d401f", "4d501f"),
          List.of("58001f", "58201f", "58301f"),
          List.of("64001f"),
          List.of("64081f"),
          List.of("640c1f"),
          List.of("6e001f"),
          List.of("7a001f"),
          List.of("f4001f"),
          List.of("6e101f"),
          List.of("7a101f"),
          List.of("f4101f"),
          List.of("2c101f"),
          List.of("64201f"),
          List.of("53001f"));

  @Test
  void shouldParseSixHexadecimalDigits() {
    ProfileLevelId id = id("42E01f");

    assertThat(id.profileIdc()).isEqualTo(0x42);
    assertThat(id.profileIop()).isEqualTo(0xE0);
    assertThat(id.levelIdc()).isEqualTo(31);
    assertThat(id).hasToString("42e01f");
    assertThat(id("000000")).hasToString("000000");
    assertThat(id("ffffff")).hasToString("ffffff");
  }

  @Test
  void shouldRejectAnythingElse() {
    for (String value :
        List.of("", "42e01", "42e01f0", "42e01g", " 42e01", "+2e01f", "0x42e0", "42e01\u0661")) {
      assertThat(ProfileLevelId.parse(value)).as(value).isNull();
    }
    assertThatThrownBy(() -> new ProfileLevelId(0x142, 0, 10))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ProfileLevelId(0x42, -1, 10))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldInferBaselineLevel1() {
    assertThat(ProfileLevelId.DEFAULT).hasToString("42000a");
  }

  @Test
  void shouldTellSubProfilesApart() {
    for (List<String> one : SUB_PROFILES) {
      for (List<String> other : SUB_PROFILES) {
        for (String a : one) {
          for (String b : other) {
            assertThat(id(a).sameProfile(id(b))).as(a + " and " + b).isEqualTo(one == other);
          }
        }
      }
    }
  }

  @Test
  void shouldCompareProfilesSymmetrically() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      ProfileLevelId a = random(random);
      ProfileLevelId b = random(random);
      assertThat(a.sameProfile(a)).isTrue();
      assertThat(a.sameProfile(b)).isEqualTo(b.sameProfile(a));
      assertThat(id(a.toString())).isEqualTo(a);
    }
  }

  @Test
  void shouldOrderLevel1bBetween1And11() {
    assertThat(id("42e00a").compareLevel(id("42f00b"))).isNegative();
    assertThat(id("42f00b").compareLevel(id("42e00b"))).isNegative();
    assertThat(id("64000a").compareLevel(id("640009"))).isNegative();
    assertThat(id("640009").compareLevel(id("64000b"))).isNegative();
    assertThat(id("640009").compareLevel(id("42f00b"))).isZero();
    assertThat(id("42e01f").compareLevel(id("42e028"))).isNegative();
    assertThat(id("42f00b").isLevel1b()).isTrue();
    assertThat(id("4d100b").isLevel1b()).isTrue();
    assertThat(id("58100b").isLevel1b()).isTrue();
    assertThat(id("640009").isLevel1b()).isTrue();
    assertThat(id("6e100b").isLevel1b()).as("constraint_set3 of High 10 means intra").isFalse();
    assertThat(id("42f01f").isLevel1b()).isFalse();
  }

  @Test
  void shouldRejectOfferOfAnotherProfile() {
    assertThat(id("42e01f").answer(id("64001f"), true)).isNull();
    assertThat(id("42e01f").answer(id("42001f"), true)).isNull();
  }

  @Test
  void shouldAnswerWithTheLowerLevelUnlessAsymmetric() {
    assertAnswer("42e01f", "42e028", false, "42e01f");
    assertAnswer("42e028", "42e01f", false, "42e01f");
    assertAnswer("42e028", "42e01f", true, "42e028");
    assertAnswer("42e01f", "42e028", true, "42e01f");
    assertAnswer("640028", "64001f", false, "64001f");
  }

  @Test
  void shouldAnswerWithTheBytesOfTheOffer() {
    assertAnswer("42e01f", "4d8028", false, "4d801f");
    assertAnswer("42e028", "58c01f", false, "58c01f");
  }

  @Test
  void shouldWriteLevel1bAsTheOfferedProfileDoes() {
    assertAnswer("42f00b", "42e01f", false, "42f00b");
    assertAnswer("42f00b", "42e00b", false, "42f00b");
    assertAnswer("42e00b", "42f00b", true, "42e00b");
    assertAnswer("42e00a", "42f00b", false, "42e00a");
    assertAnswer("640009", "64001f", false, "640009");
    assertAnswer("42e01f", "42f00b", false, "42f00b");
  }

  private static void assertAnswer(String own, String offer, boolean asymmetry, String answer) {
    assertThat(id(own).answer(id(offer), asymmetry)).hasToString(answer);
  }

  private static ProfileLevelId id(String value) {
    return Objects.requireNonNull(ProfileLevelId.parse(value));
  }

  private static ProfileLevelId random(Random random) {
    int[] profiles = {0x42, 0x4D, 0x58, 0x64, 0x6E, 0x7A, 0xF4, 0x2C, random.nextInt(256)};
    int profile = profiles[random.nextInt(profiles.length)];
    return new ProfileLevelId(profile, random.nextInt(256), random.nextInt(256));
  }
}
