package dev.sluice.ice;

import java.util.random.RandomGenerator;

/**
 * A check of our own, one STUN transaction over UDP: it is sent a number of times, and given up
 * some time after the last one (RFC 8489 section 6.2.1).
 */
abstract class OwnCheck {
  private final int most;
  private final byte[] transactionId = new byte[Stun.TRANSACTION_ID_LENGTH];
  private int transmissions;
  private long next;

  /**
   * A transaction that is due now; who cannot see the check must not guess its id.
   *
   * @param most how many times it is sent
   */
  OwnCheck(int most, long now, RandomGenerator random) {
    this.most = most;
    random.nextBytes(transactionId);
    next = now;
  }

  /** How long an answer to a transmission is waited for, counted from 1, in nanoseconds. */
  abstract long waitAfter(int transmission);

  final byte[] transactionId() {
    return transactionId;
  }

  /** When it is to be sent again, or to be given up. */
  final long next() {
    return next;
  }

  final boolean isDue(long now) {
    return transmissions < most && now - next >= 0;
  }

  final boolean isOver(long now) {
    return transmissions == most && now - next >= 0;
  }

  final void sent(long now) {
    transmissions++;
    next = now + waitAfter(transmissions);
  }

  /** Has it sent now, before its time, where it is to be sent at all. */
  final void hurry(long now) {
    if (transmissions < most) {
      next = now;
    }
  }
}
