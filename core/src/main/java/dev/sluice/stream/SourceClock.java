package dev.sluice.stream;

import dev.sluice.loop.EngineClock;
import dev.sluice.rtcp.NtpTime;
import org.jspecify.annotations.Nullable;

/**
 * Finds how a source's RTP clock runs against the engine's: from the source's sender reports where
 * it sends them, else from when packets arrive. An early packet counts at once, a late one only
 * slowly, so that network jitter does not move the clock. Where either clock jumps, it starts anew.
 *
 * <p>Reports that are seconds off from when packets arrive are wrong, as some cameras' are, and are
 * not believed: audio and video would be as far apart.
 */
final class SourceClock {
  private static final long PUBLISH_INTERVAL_NANOS = 1_000_000_000L;
  private static final long JUMP_NANOS = 1_000_000_000L;
  private static final int LATE_SHARE = 64;

  /** more than encoders that look ahead hold a picture back */
  private static final long LARGEST_DEVIATION_NANOS = 2_000_000_000L;

  private final Source source;
  private final int clockRate;
  private final WallClockOffset offset;
  private boolean started;
  private @Nullable ClockAnchor report;
  private long anchorNanos;
  private int anchorTimestamp;
  private long publishAt;

  SourceClock(Source source, int clockRate, WallClockOffset offset) {
    this.source = source;
    this.clockRate = clockRate;
    this.offset = offset;
  }

  void packet(long nowNanos, int timestamp) {
    if (started && timestamp == anchorTimestamp) {
      return;
    }
    long late = nowNanos - arrivalOf(timestamp);
    boolean anew = !started || Math.abs(late) > JUMP_NANOS;
    started = true;
    anchorNanos = anew || late < 0 ? nowNanos : nowNanos - late + late / LATE_SHARE;
    anchorTimestamp = timestamp;
    if (anew || nowNanos - publishAt >= 0) {
      publishAt = nowNanos + PUBLISH_INTERVAL_NANOS;
      publish();
    }
  }

  void senderReport(long nowNanos, long ntpTimestamp, int rtpTimestamp) {
    long nanos = offset.toEngine(nowNanos, NtpTime.toEpochNanos(ntpTimestamp));
    report = new ClockAnchor(nanos, rtpTimestamp);
    publish();
  }

  private void publish() {
    ClockAnchor newest = report;
    if (newest != null && isBelievable(newest)) {
      source.clock(newest);
    } else {
      source.clock(new ClockAnchor(anchorNanos, anchorTimestamp));
    }
  }

  private boolean isBelievable(ClockAnchor reported) {
    long deviation = reported.nanos() - arrivalOf(reported.rtpTimestamp());
    return !started || Math.abs(deviation) <= LARGEST_DEVIATION_NANOS;
  }

  private long arrivalOf(int timestamp) {
    return anchorNanos + (long) (timestamp - anchorTimestamp) * 1_000_000_000L / clockRate;
  }

  /** The source's wall clock against {@link EngineClock}; one for all tracks of a publisher. */
  static final class WallClockOffset {
    private static final long LARGEST_STEP_NANOS = 1_000_000_000L;

    private boolean known;
    private long offsetNanos;

    synchronized long toEngine(long nowNanos, long sourceEpochNanos) {
      long offset = nowNanos - sourceEpochNanos;
      if (!known || Math.abs(offset - offsetNanos) > LARGEST_STEP_NANOS) {
        known = true;
        offsetNanos = offset;
      }
      return sourceEpochNanos + offsetNanos;
    }
  }
}
