package dev.sluice.fanout;

import dev.sluice.log.PacketLog;
import dev.sluice.log.Ring;

/**
 * A viewer's way from a packet that is held to what is live: the log is read at a multiple of the
 * speed at which it was written, and never all at once.
 */
final class CatchUp {
  private static final long MOST_PACKETS_AT_ONCE = 4_096;
  private static final double LIVE_AFTER_NANOS = 2e9;
  private static final double LEAST_SPEED = 2;
  private static final int LEAST_SKIP_SECONDS = 1;
  private static final long LEAST_SKIP_NANOS = 1_000_000_000L;

  /** so many packets are a publisher's backlog, though they came at once */
  private static final int LARGE_BACKLOG = 1_000;

  private final Burst burst = new Burst();
  private final long firstArrival;
  private final long start;
  private final double speed;

  /**
   * Begins to catch up.
   *
   * @param ring of the log that is read
   * @param from the first position
   * @param nowNanos the engine's clock
   */
  CatchUp(Ring ring, long from, long nowNanos) {
    firstArrival = ring.arrivalNanos(from);
    start = nowNanos;
    speed = Math.max(LEAST_SPEED, 1 + (nowNanos - firstArrival) / LIVE_AFTER_NANOS);
  }

  /**
   * How far to read now. The packets of an access unit, which may have come one after the other, go
   * together: between two units a newer keyframe may be jumped to.
   *
   * @param ring of the log that is read
   * @param position the next one to send
   * @param edge where live viewers are
   * @param nowNanos the engine's clock
   * @return position after the last one to send
   */
  long end(Ring ring, long position, long edge, long nowNanos) {
    long due = firstArrival + (long) (speed * (nowNanos - start));
    long most = Math.min(edge, position + MOST_PACKETS_AT_ONCE);
    long end = position;
    while (end < most && (ring.arrivalNanos(end) - due <= 0 || continues(ring, position, end))) {
      end++;
    }
    return position + burst.take(end - position, nowNanos);
  }

  /** whether the packet is of the same access unit as the one before it, which is read now */
  private static boolean continues(Ring ring, long from, long position) {
    long before = position - 1;
    return before >= from
        && !ring.marker(before)
        && ring.timestamp(before) == ring.timestamp(position);
  }

  /** When a packet could be sent, were it not for the viewer's link. */
  long dueNanos(Ring ring, long position) {
    long arrival = ring.arrivalNanos(position);
    return Math.max(arrival, start + (long) ((arrival - firstArrival) / speed));
  }

  /**
   * A newer keyframe that is worth a jump. To be asked between two access units alone, so that the
   * viewer gets no half a picture.
   *
   * @param log that is read
   * @param position the next one to send
   * @param clockRate RTP ticks a second
   * @return the position to go on at
   */
  static long skip(PacketLog log, long position, int clockRate) {
    long keyframe = log.newestKeyframe();
    Ring ring = log.ring();
    boolean newer =
        keyframe > position
            && ring.timestamp(keyframe) - ring.timestamp(position) > LEAST_SKIP_SECONDS * clockRate;
    boolean worth =
        newer
            && (keyframe - position > LARGE_BACKLOG
                || ring.arrivalNanos(keyframe) - ring.arrivalNanos(position) > LEAST_SKIP_NANOS);
    return worth ? keyframe : position;
  }
}
