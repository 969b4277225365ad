package dev.sluice.stream;

/**
 * Keeps a track's timestamps on one timeline: where the source changes, or its timestamps jump,
 * time goes on by what has passed on the engine's clock. Steps back that B pictures make are no
 * jump.
 */
final class SourceTimeline {
  private static final int LARGEST_STEP_BACK_SECONDS = 2;
  private static final int LARGEST_LEAP_SECONDS = 10;

  private final int clockRate;
  private boolean started;
  private int ssrc;
  private int shift;
  private int newest;
  private long newestNanos;

  SourceTimeline(int clockRate) {
    this.clockRate = clockRate;
  }

  /** what has to be added to the present source's timestamps */
  int shift() {
    return shift;
  }

  /** the place of a packet on the timeline */
  int place(int packetSsrc, int timestamp, long nowNanos) {
    int elapsed = ClockAnchor.ticks(nowNanos - newestNanos, clockRate);
    if (started && (packetSsrc != ssrc || isJump(timestamp + shift - newest, elapsed))) {
      shift = newest + Math.max(1, elapsed) - timestamp;
    }
    int place = timestamp + shift;
    if (!started || place - newest > 0) {
      newest = place;
      newestNanos = nowNanos;
    }
    started = true;
    ssrc = packetSsrc;
    return place;
  }

  /** A source that paused goes on where the clock is; one that was held up, where it stopped. */
  private boolean isJump(int step, int elapsed) {
    int early = step - elapsed;
    int back = -LARGEST_STEP_BACK_SECONDS * clockRate;
    return early > LARGEST_LEAP_SECONDS * clockRate || step < back && early < back;
  }
}
