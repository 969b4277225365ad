package dev.sluice.ice;

import java.util.random.RandomGenerator;

/**
 * A full agent's check, one STUN transaction over UDP: it is sent again after an interval that
 * doubles each time, and given up some time after the last transmission (RFC 8489 section 6.2.1).
 */
final class CheckTransaction {
  /** Rc */
  static final int TRANSMISSIONS = 7;

  /** Rm */
  private static final int LAST_WAIT = 16;

  /** whether this side was the controlling one when it began */
  final boolean controlling;

  final boolean nominating;

  private final byte[] id = new byte[Stun.TRANSACTION_ID_LENGTH];
  private final long timeout;
  private int transmissions;
  private long next;

  /**
   * A transaction that is due now.
   *
   * @param timeout the initial retransmission timeout in nanoseconds
   */
  CheckTransaction(
      long now, long timeout, boolean controlling, boolean nominating, RandomGenerator random) {
    this.timeout = timeout;
    this.controlling = controlling;
    this.nominating = nominating;
    random.nextBytes(id);
    next = now;
  }

  byte[] id() {
    return id;
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
    transmissions++;
    long factor = transmissions == TRANSMISSIONS ? LAST_WAIT : 1L << (transmissions - 1);
    next = now + factor * timeout;
  }

  /** Has it sent now, before its time, where it is to be sent at all. */
  void hurry(long now) {
    if (transmissions < TRANSMISSIONS) {
      next = now;
    }
  }
}
