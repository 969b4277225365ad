package dev.sluice.fanout;

import dev.sluice.log.PacketLog;
import dev.sluice.log.Ring;

/**
 * How many bytes may go to one viewer again: at once as many as the stream had in the last seconds,
 * so that an outage or a large keyframe is made up for; in the long run a share of what is sent.
 */
final class RepeatCredit {
  private static final long LEAST_BYTES = 64 << 10;
  private static final long RECENT_NANOS = 2_000_000_000;
  private static final long LOOK_INTERVAL_NANOS = 50_000_000;

  private final double share;
  private double debtBytes;
  private long octetsPaid;
  private long atOnce = LEAST_BYTES;
  private long nextLook;

  RepeatCredit(double share) {
    this.share = share;
  }

  boolean allows(TrackSender sender, long nowNanos) {
    if (share == Double.POSITIVE_INFINITY) {
      return true;
    }
    double paid = share * (sender.figures().octets() - octetsPaid);
    octetsPaid = sender.figures().octets();
    debtBytes = Math.max(0, debtBytes - paid);
    if (debtBytes >= atOnce && nowNanos - nextLook >= 0) {
      nextLook = nowNanos + LOOK_INTERVAL_NANOS;
      atOnce = Math.max(LEAST_BYTES, recentBytes(sender));
    }
    return debtBytes < atOnce;
  }

  /** whether little was sent again: the path is not one that carries less than the stream */
  boolean isAmple() {
    return debtBytes < LEAST_BYTES;
  }

  void spend(int bytes) {
    debtBytes += bytes;
  }

  private static long recentBytes(TrackSender sender) {
    PacketLog log = sender.log();
    if (log == null) {
      return 0;
    }
    Ring ring = log.ring();
    long position = Math.min(sender.position(), log.tail()) - 1;
    if (position < log.head()) {
      return 0;
    }
    long newest = ring.arrivalNanos(position);
    long bytes = 0;
    while (position >= log.head() && newest - ring.arrivalNanos(position) < RECENT_NANOS) {
      bytes += ring.length(position);
      position--;
    }
    return bytes;
  }
}
