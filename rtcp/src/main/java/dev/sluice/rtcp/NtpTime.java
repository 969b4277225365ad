package dev.sluice.rtcp;

/**
 * NTP timestamps as RTCP uses them (RFC 3550 section 4): 64 bits, seconds since 1900 and, in the
 * lower 32, their fraction; and the compact form, the middle 32 bits, in 1/65536 s. Both wrap.
 */
public final class NtpTime {
  private static final long SECOND_NANOS = 1_000_000_000;
  private static final long SECONDS_FROM_1900_TO_1970 = 2_208_988_800L;
  private static final long ERA_SECONDS = 1L << 32;
  private static final long COMPACT_RANGE_NANOS = SECOND_NANOS << 16;
  private static final long FRACTION_MASK = 0xFFFFFFFFL;
  private static final long HALF_NANO = 1L << 31;

  private NtpTime() {}

  /**
   * {@return the NTP timestamp of a moment}
   *
   * @param epochNanos nanoseconds since 1970
   */
  public static long fromEpochNanos(long epochNanos) {
    long seconds = Math.floorDiv(epochNanos, SECOND_NANOS) + SECONDS_FROM_1900_TO_1970;
    long fraction = (Math.floorMod(epochNanos, SECOND_NANOS) << 32) / SECOND_NANOS;
    return seconds << 32 | fraction;
  }

  /**
   * {@return the NTP timestamp of a moment}
   *
   * @param epochMillis milliseconds since 1970
   */
  public static long fromEpochMillis(long epochMillis) {
    return fromEpochNanos(epochMillis * 1_000_000);
  }

  /**
   * {@return the moment of an NTP timestamp, in nanoseconds since 1970}
   *
   * @param ntpTimestamp of a moment between 1968 and 2104: seconds with the highest bit unset
   *     belong to the era that begins in 2036 (RFC 4330 section 3)
   */
  public static long toEpochNanos(long ntpTimestamp) {
    long seconds = (ntpTimestamp >>> 32) - SECONDS_FROM_1900_TO_1970;
    if (ntpTimestamp >= 0) {
      seconds += ERA_SECONDS;
    }
    long fraction = ntpTimestamp & FRACTION_MASK;
    return seconds * SECOND_NANOS + (fraction * SECOND_NANOS + HALF_NANO >>> 32);
  }

  /**
   * {@return the compact form of an NTP timestamp}
   *
   * @param ntpTimestamp 64 bits
   */
  public static int compact(long ntpTimestamp) {
    return (int) (ntpTimestamp >>> 16);
  }

  /**
   * {@return a duration in 1/65536 s, unsigned; the largest value for any that is too long}
   *
   * @param nanos duration in nanoseconds, not negative
   */
  public static int compactDuration(long nanos) {
    return nanos < COMPACT_RANGE_NANOS ? (int) ((nanos << 16) / SECOND_NANOS) : -1;
  }

  /**
   * {@return a duration in nanoseconds}
   *
   * @param compact duration in 1/65536 s, unsigned
   */
  public static long durationNanos(int compact) {
    return Integer.toUnsignedLong(compact) * SECOND_NANOS >>> 16;
  }
}
