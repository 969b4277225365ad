package dev.sluice.fanout;

import dev.sluice.log.PacketLog;
import dev.sluice.stream.Track;

/** A viewer's wait for a keyframe that it can start at. */
final class KeyframeWait {
  static final long NONE = -1;

  /** a publisher whose viewers wait that long needs a word */
  private static final long LONG_WAIT_NANOS = 3_000_000_000L;

  private final SenderTransport transport;
  private final Track track;
  private final StartRule rule;
  private boolean open;
  private long after = NONE;
  private long sinceNanos;

  KeyframeWait(SenderTransport transport, Track track, StartRule rule) {
    this.transport = transport;
    this.track = track;
    this.rule = rule;
  }

  boolean isOpen() {
    return open;
  }

  /** begins to wait for a keyframe at that position or behind it */
  void open(long from, long nowNanos) {
    setOpen(true);
    after = from;
    sinceNanos = nowNanos;
  }

  void close() {
    setOpen(false);
  }

  /** where to start, or {@link #NONE}: then the publisher is asked, and the host told after long */
  long startAt(PacketLog log, long nowNanos) {
    long keyframe = log.newestKeyframe();
    if (keyframe >= after && rule.allows(log, keyframe, nowNanos)) {
      return keyframe;
    }
    transport.needKeyframe(track);
    if (nowNanos - sinceNanos >= LONG_WAIT_NANOS) {
      transport.noKeyframe(track, log);
    }
    return NONE;
  }

  private void setOpen(boolean waits) {
    if (waits != open) {
      open = waits;
      track.countWaiting(waits ? 1 : -1);
    }
  }
}
