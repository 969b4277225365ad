package dev.sluice.ice;

/** Lets something happen so often and no more: tokens come at a steady pace up to a number. */
final class TokenBucket {
  private final long paceNanos;
  private final long depthNanos;
  // When the bucket will be full again; further away than its depth only before the first use.
  private long full;

  /**
   * A full bucket.
   *
   * @param tokens that it holds
   * @param paceNanos in which one token comes back
   */
  TokenBucket(int tokens, long paceNanos) {
    this.paceNanos = paceNanos;
    this.depthNanos = tokens * paceNanos;
  }

  boolean isEmpty(long now) {
    return missing(now) > depthNanos - paceNanos;
  }

  /** Takes a token, where there is one. */
  boolean take(long now) {
    if (isEmpty(now)) {
      return false;
    }
    full = now + missing(now) + paceNanos;
    return true;
  }

  private long missing(long now) {
    long missing = full - now;
    return missing < 0 || missing > depthNanos ? 0 : missing;
  }
}
