package dev.sluice.stream;

/**
 * A point in time on two clocks.
 *
 * @param nanos on the engine's clock
 * @param rtpTimestamp on the source's RTP clock
 */
public record ClockAnchor(long nanos, int rtpTimestamp) {

  /**
   * The RTP timestamp of a moment.
   *
   * @param nowNanos on the engine's clock
   * @param clockRate RTP ticks a second
   */
  public int rtpTimestampAt(long nowNanos, int clockRate) {
    return rtpTimestamp + ticks(nowNanos - nanos, clockRate);
  }

  /**
   * The moment of an RTP timestamp.
   *
   * @param timestamp on the source's RTP clock
   * @param clockRate RTP ticks a second
   * @return on the engine's clock
   */
  public long nanosAt(int timestamp, int clockRate) {
    return nanos + (long) (timestamp - rtpTimestamp) * 1_000_000_000L / clockRate;
  }

  /**
   * A time span in RTP ticks.
   *
   * @param nanos the span
   * @param clockRate RTP ticks a second
   */
  public static int ticks(long nanos, int clockRate) {
    return (int) (nanos / 1_000_000 * clockRate / 1_000);
  }
}
