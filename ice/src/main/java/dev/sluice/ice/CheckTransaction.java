package dev.sluice.ice;

import java.util.random.RandomGenerator;

/** A full agent's check, sent again after an interval that doubles each time. */
final class CheckTransaction extends OwnCheck {
  /** Rc */
  static final int TRANSMISSIONS = 7;

  /** Rm */
  private static final int LAST_WAIT = 16;

  /** whether this side was the controlling one when it began */
  final boolean controlling;

  final boolean nominating;

  private final long timeout;

  /**
   * A check that is due now.
   *
   * @param timeout the initial retransmission timeout in nanoseconds
   */
  CheckTransaction(
      long now, long timeout, boolean controlling, boolean nominating, RandomGenerator random) {
    super(TRANSMISSIONS, now, random);
    this.timeout = timeout;
    this.controlling = controlling;
    this.nominating = nominating;
  }

  @Override
  long waitAfter(int transmission) {
    return (transmission == TRANSMISSIONS ? LAST_WAIT : 1L << (transmission - 1)) * timeout;
  }
}
