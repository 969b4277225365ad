package dev.sluice.rtcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** RFC 3550 section 6.6. */
class ByeTest {
  private static final byte[] WITH_REASON =
      Bytes.hex("82 cb 0004", "11223344", "55667788", "04 64 6f 6e", "65 00 00 00");

  @Test
  void shouldReadSourcesAndReason() {
    int length = WITH_REASON.length;

    assertThat(Bye.isValid(WITH_REASON, 0, length)).isTrue();
    assertThat(Bye.ssrcCount(WITH_REASON, 0)).isEqualTo(2);
    assertThat(Bye.ssrc(WITH_REASON, 0, 0)).isEqualTo(0x11223344);
    assertThat(Bye.ssrc(WITH_REASON, 0, 1)).isEqualTo(0x55667788);
    assertThat(Bye.reasonLength(WITH_REASON, 0, length)).isEqualTo(4);
    assertThat(new String(WITH_REASON, Bye.reasonOffset(WITH_REASON, 0, length), 4, UTF_8))
        .isEqualTo("done");
  }

  @Test
  void shouldReadAMessageWithoutReason() {
    byte[] bye = Bytes.hex("81 cb 0001", "11223344");

    assertThat(Bye.isValid(bye, 0, bye.length)).isTrue();
    assertThat(Bye.reasonLength(bye, 0, bye.length)).isZero();
    assertThat(Bye.reasonOffset(bye, 0, bye.length)).isEqualTo(bye.length);
  }

  @Test
  void shouldReadAMessageWithoutSources() {
    byte[] bye = Bytes.hex("80 cb 0000");

    assertThat(Bye.isValid(bye, 0, bye.length)).isTrue();
    assertThat(Bye.ssrcCount(bye, 0)).isZero();
  }

  @Test
  void shouldWriteSourcesAndReason() {
    byte[] bytes = new byte[Bye.length(2, 4)];
    Arrays.fill(bytes, (byte) 0xff);

    int length = Bye.write(bytes, 0, new int[] {0x11223344, 0x55667788}, "done".getBytes(UTF_8));

    assertThat(length).isEqualTo(WITH_REASON.length);
    assertThat(bytes).isEqualTo(WITH_REASON);
  }

  @Test
  void shouldWriteAMessageWithoutReason() {
    byte[] bytes = new byte[8];

    assertThat(Bye.write(bytes, 0, 0x11223344)).isEqualTo(8);
    assertThat(bytes).isEqualTo(Bytes.hex("81 cb 0001", "11223344"));
    assertThat(Bye.write(bytes, 0, new int[] {0x11223344}, new byte[0])).isEqualTo(8);
    assertThat(bytes).isEqualTo(Bytes.hex("81 cb 0001", "11223344"));
  }

  @Test
  void shouldReadBackAReasonOfAnyLength() {
    for (int reasonLength = 1; reasonLength <= 255; reasonLength++) {
      byte[] reason = new byte[reasonLength];
      Arrays.fill(reason, (byte) 'x');
      byte[] bytes = new byte[Bye.length(1, reasonLength)];

      int length = Bye.write(bytes, 0, new int[] {7}, reason);

      assertThat(length).isEqualTo(bytes.length);
      assertThat(Bye.isValid(bytes, 0, length)).isTrue();
      assertThat(Bye.reasonLength(bytes, 0, length)).isEqualTo(reasonLength);
    }
  }

  @Test
  void shouldRefuseCountAndReasonThatExceedTheMessage() {
    byte[] missingSource = Bytes.hex("82 cb 0001", "11223344");
    byte[] longReason = Bytes.hex("81 cb 0002", "11223344", "04 64 6f 6e");

    assertThat(Bye.isValid(missingSource, 0, missingSource.length)).isFalse();
    assertThat(Bye.isValid(longReason, 0, longReason.length)).isFalse();
  }

  @Test
  void shouldRefuseToWriteMoreThanFits() {
    byte[] bytes = new byte[1_000];

    assertThatThrownBy(() -> Bye.write(bytes, 0, new int[32]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Bye.write(bytes, 0, new int[1], new byte[256]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
