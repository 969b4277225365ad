package dev.sluice.fanout;

import dev.sluice.log.PacketLog;

/**
 * A request for a keyframe, the viewer's or since its link is back. The publisher is asked; one
 * that does not answer in time is made up for with the newest keyframe held, once for each of them.
 */
final class KeyframeRequest {
  static final long NONE = -1;
  private static final long ANSWER_NANOS = 500_000_000;

  private long position = NONE;
  private long sinceNanos;
  private long repeatedKeyframe = NONE;

  boolean isOpen() {
    return position != NONE;
  }

  /** the first of several counts */
  void open(long nextPosition, long nowNanos) {
    if (!isOpen()) {
      position = nextPosition;
      sinceNanos = nowNanos;
    }
  }

  void close() {
    position = NONE;
  }

  void newLog() {
    close();
    repeatedKeyframe = NONE;
  }

  /**
   * Where the viewer is to go back to.
   *
   * @return the newest keyframe's position, or {@link #NONE} when it was answered, may be yet, or
   *     cannot be
   */
  long restartAt(PacketLog log, StartRule rule, long nowNanos) {
    long keyframe = log.newestKeyframe();
    if (keyframe >= position) {
      close();
      return NONE;
    }
    if (nowNanos - sinceNanos < ANSWER_NANOS) {
      return NONE;
    }
    close();
    if (keyframe == repeatedKeyframe || !rule.allows(log, keyframe, nowNanos)) {
      return NONE;
    }
    repeatedKeyframe = keyframe;
    return keyframe;
  }
}
