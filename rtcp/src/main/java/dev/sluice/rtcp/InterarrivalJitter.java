package dev.sluice.rtcp;

/** The interarrival jitter of a source (RFC 3550 section 6.4.1 and appendix A.8). */
final class InterarrivalJitter {
  private static final long SECOND_NANOS = 1_000_000_000;

  private final int clockRate;
  private boolean started;
  private long startNanos;
  private int transit;

  /** times 16, so that the smoothing by 1/16 keeps its fraction */
  private long scaled;

  InterarrivalJitter(int clockRate) {
    this.clockRate = clockRate;
  }

  void onPacket(int rtpTimestamp, long nowNanos) {
    if (!started) {
      startNanos = nowNanos;
    }
    int previousTransit = transit;
    transit = ticks(nowNanos - startNanos) - rtpTimestamp;
    if (started) {
      long difference = Math.abs((long) (transit - previousTransit));
      scaled += difference - (scaled + 8 >> 4);
    }
    started = true;
  }

  void restart() {
    started = false;
    scaled = 0;
  }

  /** in ticks of the RTP clock */
  long value() {
    return scaled >> 4;
  }

  private int ticks(long nanos) {
    long seconds = nanos / SECOND_NANOS;
    return (int) (seconds * clockRate + nanos % SECOND_NANOS * clockRate / SECOND_NANOS);
  }
}
