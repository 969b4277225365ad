package dev.sluice.loop;

import dev.sluice.rtcp.NtpTime;
import java.util.function.LongSupplier;

/** The engine's monotonic clock, and where it stands in the world's time. Safe for any thread. */
public final class EngineClock {
  private final LongSupplier nanoTime;
  private final long startNanos;
  private final long startEpochMillis;

  /** Starts at zero, with the system's time. */
  public EngineClock() {
    this(System::nanoTime, System.currentTimeMillis());
  }

  /**
   * Starts at zero, with a time of one's own.
   *
   * @param nanoTime ticks in nanoseconds from any origin
   * @param startEpochMillis wall clock time of now
   */
  public EngineClock(LongSupplier nanoTime, long startEpochMillis) {
    this.nanoTime = nanoTime;
    this.startEpochMillis = startEpochMillis;
    startNanos = nanoTime.getAsLong();
  }

  /** {@return nanoseconds since the engine started} */
  public long nanos() {
    return nanoTime.getAsLong() - startNanos;
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
