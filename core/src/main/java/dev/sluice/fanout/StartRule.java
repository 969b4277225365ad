package dev.sluice.fanout;

import dev.sluice.log.PacketLog;
import dev.sluice.log.Ring;

/**
 * Where a viewer may begin to read.
 *
 * @param atHeldKeyframe whether at the newest keyframe in the log, not the next one
 * @param maxCatchUpNanos how old that keyframe may be
 */
public record StartRule(boolean atHeldKeyframe, long maxCatchUpNanos) {

  /** browsers hold some 800 pictures that they have no time to show yet; more freeze them */
  private static final int MOST_FRAMES = 500;

  /** whether a viewer that begins at that keyframe, -1 for none, is live soon */
  boolean allows(PacketLog log, long keyframe, long nowNanos) {
    Ring ring = log.ring();
    return keyframe >= 0
        && nowNanos - ring.arrivalNanos(keyframe) <= maxCatchUpNanos
        && frames(ring, keyframe, log.tail()) <= MOST_FRAMES
        && log.holds(keyframe);
  }

  private static int frames(Ring ring, long from, long to) {
    int frames = 0;
    for (long position = from; position < to; position++) {
      if (ring.marker(position)) {
        frames++;
      }
    }
    return frames;
  }
}
