package dev.sluice.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** RFC 3550 section 4 and RFC 4330 section 3. */
class NtpTimeTest {
  @Test
  void shouldCountFrom1900() {
    assertThat(NtpTime.fromEpochMillis(0)).isEqualTo(0x83aa7e8000000000L);
    assertThat(NtpTime.fromEpochMillis(500)).isEqualTo(0x83aa7e8080000000L);
    assertThat(NtpTime.fromEpochNanos(1_250_000_000)).isEqualTo(0x83aa7e8140000000L);
    assertThat(NtpTime.fromEpochNanos(-1)).isEqualTo(0x83aa7e7ffffffffbL);
  }

  @Test
  void shouldBeginANewEraIn2036() {
    long begin = Instant.parse("2036-02-07T06:28:16Z").toEpochMilli();

    assertThat(NtpTime.fromEpochMillis(begin)).isZero();
    assertThat(NtpTime.fromEpochMillis(begin + 1_000)).isEqualTo(1L << 32);
    assertThat(NtpTime.toEpochNanos(0)).isEqualTo(begin * 1_000_000);
    assertThat(NtpTime.toEpochNanos(-1L)).isEqualTo(begin * 1_000_000);
  }

  @Test
  void shouldReadBackEachNanosecond() {
    Random random = new Random(4);
    long from = Instant.parse("1968-01-21T00:00:00Z").getEpochSecond();
    long to = Instant.parse("2104-02-26T00:00:00Z").getEpochSecond();
    for (int i = 0; i < 100_000; i++) {
      long seconds = from + (long) (random.nextDouble() * (to - from));
      long epochNanos = seconds * 1_000_000_000 + random.nextInt(1_000_000_000);
      assertThat(NtpTime.toEpochNanos(NtpTime.fromEpochNanos(epochNanos))).isEqualTo(epochNanos);
    }
  }

  @Test
  void shouldCompactToTheMiddle32Bits() {
    assertThat(NtpTime.compact(0x0123456789abcdefL)).isEqualTo(0x456789ab);
  }

  @Test
  void shouldMeasureDurationsInUnitsOfA65536thSecond() {
    assertThat(NtpTime.compactDuration(0)).isZero();
    assertThat(NtpTime.compactDuration(5_250_000_000L)).isEqualTo(0x00054000);
    assertThat(NtpTime.compactDuration(40_000L * 1_000_000_000)).isEqualTo(40_000 << 16);
    assertThat(NtpTime.compactDuration(65_536L * 1_000_000_000)).isEqualTo(-1);
    assertThat(NtpTime.compactDuration(Long.MAX_VALUE)).isEqualTo(-1);
    assertThat(NtpTime.durationNanos(0x00054000)).isEqualTo(5_250_000_000L);
    assertThat(NtpTime.durationNanos(-1)).isEqualTo(65_535_999_984_741L);
  }
}
