package dev.sluice.rtsp;

import java.util.concurrent.TimeUnit;

/** When the peer of a connection was last heard of, and until when it may be silent. */
final class PeerActivity {
  private static final long FIRST_REQUEST_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final RtspOptions options;
  private boolean hasAsked;
  private long last;
  private long lastMedia;

  PeerActivity(RtspOptions options, long nowNanos) {
    this.options = options;
    last = nowNanos;
  }

  void onRequest(long nowNanos) {
    hasAsked = true;
    last = nowNanos;
  }

  /** Media came that is not wanted. */
  void onUnwantedMedia(long nowNanos) {
    last = nowNanos;
  }

  /** Media came, or is waited for from now on. */
  void onMedia(long nowNanos) {
    last = nowNanos;
    lastMedia = nowNanos;
  }

  long deadlineWithoutSession() {
    long idle = options.idleTimeoutNanos();
    return last + (hasAsked ? idle : Math.min(FIRST_REQUEST_NANOS, idle));
  }

  long deadlineInSession() {
    return last + options.sessionTimeoutNanos();
  }

  long deadlineWhileRecording() {
    long media = lastMedia + options.mediaTimeoutNanos();
    long session = deadlineInSession();
    return media - session < 0 ? media : session;
  }
}
