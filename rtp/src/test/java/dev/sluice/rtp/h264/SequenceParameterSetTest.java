package dev.sluice.rtp.h264;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** H.264 section 7.3.2.1.1. */
class SequenceParameterSetTest {

  private static final int HEADER = 0x67;

  @Test
  void shouldParseWhatX264Writes() {
    assertParsed("6742c028da01e0089f97011000000300100000030320f1832a", "42c028", 1920, 1080);
    assertParsed("6742c01eda0280bfe5c044000003000400000300c83c58ba80", "42c01e", 640, 360);
    assertParsed("674d4028f403c0227ef011000003000100000300321f162ea0", "4d4028", 1920, 1080);
    assertParsed("6764000dacd94141fb0110000003001000000303c0f1429960", "64000d", 320, 240);
    assertParsed("677a0015b6cb40d8ff2780880000030008000003019078b175", "7a0015", 426, 240);
    assertParsed("67f40015919681b0879e3f011000000300100000030320f162ea", "f40015", 426, 242);
    assertParsed("67640015f2d03610f3c7e02d9000000300100000030320f162ea", "640015", 426, 242);
  }

  @Test
  void shouldParseWhatOpenH264Writes() {
    assertParsed("6742c00d8c8d40a842c444403c2211a8", "42c00d", 322, 242);
  }

  @Test
  void shouldCountHeightOfFieldsTwice() {
    byte[] nal = sps(0x4D, 0, w -> w.ue(1).flag(false).ue(44).ue(17).flag(false).flag(true));

    assertSize(nal, 720, 576);
  }

  @Test
  void shouldCropInUnitsOfChroma() {
    assertSize(cropped(0x42, w -> w), 64 - 2 * 3, 64 - 2 * 7);
    assertSize(cropped(0x7A, w -> highChroma(w, 0)), 64 - 3, 64 - 7);
    assertSize(cropped(0x7A, w -> highChroma(w, 1)), 64 - 2 * 3, 64 - 2 * 7);
    assertSize(cropped(0x7A, w -> highChroma(w, 2)), 64 - 2 * 3, 64 - 7);
    assertSize(cropped(0xF4, w -> highChroma(w, 3)), 64 - 3, 64 - 7);
  }

  @Test
  void shouldSkipScalingListsAndOrderCountCycle() {
    byte[] nal =
        new BitWriter()
            .u(8, 100)
            .u(8, 0)
            .u(8, 40)
            .ue(31)
            .ue(1)
            .ue(0)
            .ue(0)
            .flag(false)
            .flag(true) // seq_scaling_matrix_present_flag
            .flag(true)
            .se(-8) // use default
            .flag(false)
            .flag(true)
            .bytes(ones(16)) // delta 0 each: "1" is a code of one bit
            .u(5, 0)
            .ue(0)
            .ue(1) // pic_order_cnt_type
            .flag(true)
            .se(-3)
            .se(3)
            .ue(3)
            .se(1)
            .se(-2)
            .se(3)
            .ue(2)
            .flag(false)
            .ue(3)
            .ue(3)
            .flag(true)
            .flag(true)
            .flag(false)
            .flag(false)
            .nal(HEADER);

    assertSize(nal, 64, 64);
    assertThat(Objects.requireNonNull(SequenceParameterSet.parse(nal)).id()).isEqualTo(31);
  }

  @Test
  void shouldRejectWhatCannotBe() {
    assertThat(SequenceParameterSet.parse(new byte[0])).isNull();
    assertThat(SequenceParameterSet.parse(new byte[] {HEADER})).isNull();
    assertThat(SequenceParameterSet.parse(Nals.pps(0, 0))).isNull();
    assertThat(SequenceParameterSet.parse(Nals.sps(32))).as("id").isNull();
    byte[] forbidden = Nals.sps(0);
    forbidden[0] |= (byte) 0x80;
    assertThat(SequenceParameterSet.parse(forbidden)).isNull();
    assertThat(SequenceParameterSet.parse(size(2112, 1))).isNotNull();
    assertThat(SequenceParameterSet.parse(size(2113, 1))).isNull();
    assertThat(SequenceParameterSet.parse(size(1, 2113))).isNull();
    assertThat(SequenceParameterSet.parse(size(Integer.MAX_VALUE - 1, 1))).isNull();
    assertThat(SequenceParameterSet.parse(cropped(0xF4, w -> highChroma(w, 4)))).isNull();
    assertThat(SequenceParameterSet.parse(crop(16, 16))).as("nothing left").isNull();
    assertThat(SequenceParameterSet.parse(crop(Integer.MAX_VALUE - 1, 1))).isNull();
  }

  @Test
  void shouldRejectEveryTruncation() {
    byte[] nal = Nals.sps(0);
    for (int length = 0; length < nal.length - 1; length++) {
      assertThat(SequenceParameterSet.parse(Arrays.copyOf(nal, length))).isNull();
    }
  }

  @Test
  void shouldSurviveDamageAndRandomBytes() {
    Random random = new Random(1);
    byte[] valid = HexFormat.of().parseHex("67f40015919681b0879e3f011000000300100000030320f162ea");
    for (int round = 0; round < 50_000; round++) {
      byte[] nal = valid.clone();
      if (round % 2 == 0) {
        random.nextBytes(nal);
      }
      for (int i = random.nextInt(8); i >= 0; i--) {
        nal[random.nextInt(nal.length)] ^= (byte) (1 << random.nextInt(8));
      }
      nal[0] = HEADER;
      SequenceParameterSet sps = SequenceParameterSet.parse(nal);
      if (sps != null) {
        assertThat(sps.width()).isBetween(1, 40_000);
        assertThat(sps.height()).isBetween(1, 40_000);
        assertThat(sps.id()).isBetween(0, 31);
      }
    }
  }

  private interface Part {
    BitWriter write(BitWriter writer);
  }

  private static BitWriter highChroma(BitWriter w, int format) {
    w.ue(format);
    if (format == 3) {
      w.flag(false);
    }
    return w.ue(0).ue(0).flag(false).flag(false);
  }

  private static byte[] cropped(int profile, Part chroma) {
    BitWriter w = chroma.write(new BitWriter().u(8, profile).u(8, 0).u(8, 40).ue(0));
    w.ue(0).ue(2).ue(1).flag(false).ue(3).ue(3).flag(true).flag(true);
    return w.flag(true).ue(1).ue(2).ue(3).ue(4).flag(false).nal(HEADER);
  }

  private static byte[] crop(int left, int right) {
    BitWriter w = new BitWriter().u(8, 0x42).u(8, 0).u(8, 40).ue(0);
    w.ue(0).ue(2).ue(1).flag(false).ue(3).ue(3).flag(true).flag(true);
    return w.flag(true).ue(left).ue(right).ue(0).ue(0).flag(false).nal(HEADER);
  }

  private static byte[] size(int widthInMbs, int heightInMbs) {
    return sps(
        0x42,
        0,
        w -> w.ue(1).flag(false).ue(widthInMbs - 1).ue(heightInMbs - 1).flag(true).flag(true));
  }

  private static byte[] sps(int profile, int id, Part rest) {
    BitWriter w = new BitWriter().u(8, profile).u(8, 0).u(8, 40).ue(id).ue(0).ue(2);
    return rest.write(w).flag(false).flag(false).flag(false).nal(HEADER);
  }

  private static byte[] ones(int bits) {
    byte[] bytes = new byte[bits / 8];
    Arrays.fill(bytes, (byte) 0xFF);
    return bytes;
  }

  private static void assertParsed(String hex, String profile, int width, int height) {
    SequenceParameterSet sps = SequenceParameterSet.parse(HexFormat.of().parseHex(hex));
    assertThat(sps)
        .isEqualTo(
            new SequenceParameterSet(
                Objects.requireNonNull(ProfileLevelId.parse(profile)), 0, width, height));
  }

  private static void assertSize(byte[] nal, int width, int height) {
    SequenceParameterSet sps = SequenceParameterSet.parse(nal);
    assertThat(sps).isNotNull();
    assertThat(sps.width()).isEqualTo(width);
    assertThat(sps.height()).isEqualTo(height);
  }
}
