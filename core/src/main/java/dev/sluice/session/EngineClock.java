package dev.sluice.session;

import dev.sluice.rtcp.NtpTime;

/** The engine's monotonic clock, and where it stands in the world's time. Safe for any thread. */
public final class EngineClock {
  private final long startNanos = System.nanoTime();
  private final long startEpochMillis = System.currentTimeMillis();

  /** Starts at zero. */
  public EngineClock() {}

  /** {@return nanoseconds since the engine started} */
  public long nanos() {
    return System.nanoTime() - startNanos;
  }

  /**
   * A moment as an NTP timestamp: seconds since 1900 in 32.32 fixed point (RFC 3550, section 4).
   *
   * @param nanos on the engine's clock
   */
  public long ntp(long nanos) {
    return NtpTime.fromEpochNanos(startEpochMillis * 1_000_000 + nanos);
  }
}
