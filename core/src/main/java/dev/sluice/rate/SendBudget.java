package dev.sluice.rate;

/**
 * A token bucket on bytes: what is sent runs off at the bit rate of the link. It holds enough for a
 * train of packets, so that pacing does not hide what the link carries.
 */
final class SendBudget {
  private static final double PACE = 1.05;
  static final double BURST_BYTES = 8_000;
  private static final long BURST_NANOS = 40_000_000;
  private static final long NOTHING_SENT_NANOS = 1_000_000_000;

  /** sound goes whatever the link carries: the rest waits for it no longer than that */
  private static final long MOST_OWED_NANOS = 1_500_000_000;

  private final double burstBytes;
  private double owed;
  private long lastBitrate = -1;
  private double pace;
  private double burst;
  private double most;
  private long lastNanos;
  private boolean started;

  /** one of several budgets that may all be spent at once */
  SendBudget(int sharing) {
    burstBytes = BURST_BYTES / sharing;
  }

  void advance(long nowNanos, long bitrate) {
    long elapsed = started ? nowNanos - lastNanos : NOTHING_SENT_NANOS;
    started = true;
    lastNanos = nowNanos;
    if (bitrate != lastBitrate) {
      lastBitrate = bitrate;
      pace = PACE * bitrate;
      burst = Math.max(burstBytes, Rates.bytes(pace, BURST_NANOS));
      most = Rates.bytes(pace, MOST_OWED_NANOS);
    }
    owed = Math.max(-burst, Math.min(most, owed) - Rates.bytes(pace, elapsed));
  }

  void spend(long bytes) {
    owed += bytes;
  }

  boolean isOpen() {
    return owed < 0;
  }

  /** how long what was sent takes on the link */
  long queueNanos() {
    return owed <= 0 ? 0 : (long) nanosOf(owed);
  }

  double nanosOf(double bytes) {
    return Rates.nanos(bytes, pace);
  }
}
