package dev.sluice.stream;

import dev.sluice.log.Ring;

/**
 * A viewer's RTP timestamps: the source's plus an offset. When the cursor goes to another log, or
 * back, time goes on from the last packet sent.
 */
public final class Timeline {
  private static final long SHORTEST_FRAME_NANOS = 10_000_000;

  private final int clockRate;
  private int offset;
  private boolean interrupted = true;
  private boolean started;
  private int lastTimestamp;
  private long lastArrivalNanos;

  /**
   * Makes a timeline on which nothing was sent yet.
   *
   * @param clockRate RTP ticks a second
   * @param firstTimestamp of the first packet
   */
  public Timeline(int clockRate, int firstTimestamp) {
    this.clockRate = clockRate;
    lastTimestamp = firstTimestamp;
  }

  /** The next packet does not follow the last one in the source's time. */
  public void interrupt() {
    interrupted = true;
  }

  /** {@return whether the next packet needs a new offset} */
  public boolean isInterrupted() {
    return interrupted;
  }

  /**
   * Finds the offset for a packet that is to follow what was sent before, a frame later at least.
   *
   * @param sourceTimestamp the source's RTP timestamp
   * @param arrivalNanos when it came, on the engine's clock
   */
  public void resume(int sourceTimestamp, long arrivalNanos) {
    long elapsed = started ? Math.max(SHORTEST_FRAME_NANOS, arrivalNanos - lastArrivalNanos) : 0;
    offset = lastTimestamp + ClockAnchor.ticks(elapsed, clockRate) - sourceTimestamp;
    interrupted = false;
  }

  /**
   * A packet was sent.
   *
   * @param timestamp the viewer's RTP timestamp
   * @param arrivalNanos when it came, on the engine's clock
   */
  public void sent(int timestamp, long arrivalNanos) {
    started = true;
    lastTimestamp = timestamp;
    lastArrivalNanos = arrivalNanos;
  }

  /** {@return when the packet that was sent last came, on the engine's clock} */
  public long lastArrivalNanos() {
    return lastArrivalNanos;
  }

  /**
   * The viewer's RTP timestamp of a packet.
   *
   * @param ring holds it
   * @param position its position
   */
  public int timestampOf(Ring ring, long position) {
    return timestampOf(ring.timestamp(position));
  }

  int timestampOf(int sourceTimestamp) {
    return sourceTimestamp + offset;
  }

  /**
   * The viewer's RTP clock at a moment, where the source's clock is known.
   *
   * @param nowNanos on the engine's clock
   * @param source a point on the source's clock
   */
  public int at(long nowNanos, ClockAnchor source) {
    return source.rtpTimestampAt(nowNanos, clockRate) + offset;
  }

  /**
   * The viewer's RTP clock at a moment, by the last packet.
   *
   * @param nowNanos on the engine's clock
   */
  public int at(long nowNanos) {
    return lastTimestamp + ClockAnchor.ticks(nowNanos - lastArrivalNanos, clockRate);
  }
}
