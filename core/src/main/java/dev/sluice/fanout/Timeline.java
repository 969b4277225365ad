package dev.sluice.fanout;

import dev.sluice.log.Ring;
import dev.sluice.stream.ClockAnchor;

/**
 * A viewer's RTP timestamps: the source's plus an offset. When the cursor goes to another log, or
 * back, time goes on from the last packet sent.
 */
final class Timeline {
  private static final long SHORTEST_FRAME_NANOS = 10_000_000;

  private final int clockRate;
  private int offset;
  private boolean interrupted = true;
  private boolean started;
  private int lastTimestamp;
  private long lastArrivalNanos;

  Timeline(int clockRate, int firstTimestamp) {
    this.clockRate = clockRate;
    lastTimestamp = firstTimestamp;
  }

  /** The next packet does not follow the last one in the source's time. */
  void interrupt() {
    interrupted = true;
  }

  boolean isInterrupted() {
    return interrupted;
  }

  /** Finds the offset for a packet that is to follow; what was sent before comes a frame later. */
  void resume(int sourceTimestamp, long arrivalNanos) {
    long elapsed = started ? Math.max(SHORTEST_FRAME_NANOS, arrivalNanos - lastArrivalNanos) : 0;
    offset = lastTimestamp + ClockAnchor.ticks(elapsed, clockRate) - sourceTimestamp;
    interrupted = false;
  }

  void sent(int timestamp, long arrivalNanos) {
    started = true;
    lastTimestamp = timestamp;
    lastArrivalNanos = arrivalNanos;
  }

  int timestampOf(Ring ring, long position) {
    return ring.timestamp(position) + offset;
  }

  /** the viewer's RTP clock at a moment, where the source's clock is known */
  int at(long nowNanos, ClockAnchor source) {
    return source.rtpTimestampAt(nowNanos, clockRate) + offset;
  }

  /** the viewer's RTP clock at a moment, by the last packet */
  int at(long nowNanos) {
    return lastTimestamp + ClockAnchor.ticks(nowNanos - lastArrivalNanos, clockRate);
  }
}
