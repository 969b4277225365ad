package dev.sluice.rtsp;

import org.jspecify.annotations.Nullable;

/**
 * Why a connection to a source ended.
 *
 * @param kind what follows from it
 * @param reason for the host; holds no secret
 * @param target where to go instead; null but for a redirection
 */
record PullEnd(Kind kind, String reason, @Nullable PullUrl target) {

  /** What follows. */
  enum Kind {
    /** it is tried again, later and later */
    FAILED,
    /** it is tried again, but not soon */
    REFUSED,
    /** it is tried over TCP at once */
    NO_UDP,
    /** it is tried elsewhere at once */
    REDIRECTED,
    /** another publisher has the stream, and keeps it as long as it likes */
    REPLACED,
    /** nothing: nobody wants it any more */
    UNWANTED
  }

  static PullEnd of(Kind kind, String reason) {
    return new PullEnd(kind, reason, null);
  }

  static PullEnd failed(String reason) {
    return of(Kind.FAILED, reason);
  }
}
