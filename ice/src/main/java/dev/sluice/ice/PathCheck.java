package dev.sluice.ice;

import java.util.random.RandomGenerator;

/**
 * A check of our own, one transaction. Its answer proves that the peer receives at the address to
 * which the check went. It is sent a few times at the pace of RFC 8445 section 14.3; there is no
 * backing off, since so few are no burden to a path.
 */
final class PathCheck {
  static final int TRANSMISSIONS = 4;
  static final long WAIT_NANOS = 500_000_000L;

  // Of two checks the one with the higher number was begun later.
  final int number;

  private final byte[] transactionId = new byte[Stun.TRANSACTION_ID_LENGTH];
  private int transmissions;
  private long next;

  /** A transaction that is due now; who cannot see the check must not guess its id. */
  PathCheck(int number, long now, RandomGenerator random) {
    this.number = number;
    random.nextBytes(transactionId);
    next = now;
  }

  byte[] transactionId() {
    return transactionId;
  }

  /** When it is to be sent again, or to be given up. */
  long next() {
    return next;
  }

  boolean isDue(long now) {
    return transmissions < TRANSMISSIONS && now - next >= 0;
  }

  boolean isOver(long now) {
    return transmissions == TRANSMISSIONS && now - next >= 0;
  }

  void sent(long now) {
    next = now + WAIT_NANOS;
    transmissions++;
  }
}
