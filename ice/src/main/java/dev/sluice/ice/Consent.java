package dev.sluice.ice;

import java.util.random.RandomGenerator;

/**
 * The peer's consent to be sent to at the selected address (RFC 7675 section 5.1): asked for every
 * 4 to 6 s, no sooner, each time once, and over when no answer has come for long. Since answers may
 * be lost, it outlasts two of them whatever the timeout.
 */
final class Consent {
  private static final long LEAST_INTERVAL_NANOS = 4_000_000_000L;
  private static final long SPREAD_NANOS = 2_000_000_000L;

  private static final long LEAST_TIMEOUT_NANOS = 3 * (LEAST_INTERVAL_NANOS + SPREAD_NANOS);

  private final long timeout;
  private final byte[] id = new byte[Stun.TRANSACTION_ID_LENGTH];
  private long given;
  private long next;

  /** Consent that was given just now. */
  Consent(long now, long timeout, RandomGenerator random) {
    this.timeout = Math.max(timeout, LEAST_TIMEOUT_NANOS);
    given = now;
    schedule(now, random);
  }

  boolean isDue(long now) {
    return now - next >= 0;
  }

  /** Begins to ask anew; returns the id of the transaction. */
  byte[] ask(long now, RandomGenerator random) {
    random.nextBytes(id);
    schedule(now, random);
    return id;
  }

  private void schedule(long now, RandomGenerator random) {
    next = now + LEAST_INTERVAL_NANOS + random.nextLong(SPREAD_NANOS);
  }

  /** Whether this is an answer to what was asked last. */
  boolean isAskedBy(StunMessage response) {
    return response.hasTransactionId(id);
  }

  void given(long now) {
    given = now;
  }

  boolean isOver(long now) {
    return now - given >= timeout;
  }

  long nextTimeout() {
    long end = given + timeout;
    return next - end < 0 ? next : end;
  }
}
