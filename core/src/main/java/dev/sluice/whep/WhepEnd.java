package dev.sluice.whep;

/**
 * Why a session ended, or could not be made.
 *
 * @param kind what follows from it
 * @param reason for the host; holds no secret
 * @param leastDelayNanos how long the endpoint wants to be left alone, 0 where it does not say
 */
record WhepEnd(Kind kind, String reason, long leastDelayNanos) {

  /** What follows. */
  enum Kind {
    /** it is tried again, later and later */
    FAILED,
    /** it is tried again, but not soon */
    REFUSED,
    /** another publisher has the stream, and keeps it as long as it likes */
    REPLACED
  }

  static WhepEnd failed(String reason) {
    return new WhepEnd(Kind.FAILED, reason, 0);
  }

  static WhepEnd refused(String reason) {
    return new WhepEnd(Kind.REFUSED, reason, 0);
  }
}
