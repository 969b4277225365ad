package dev.sluice.ice;

import java.util.random.RandomGenerator;

/**
 * A lite agent's check. Its answer proves that the peer receives at the address to which the check
 * went. It is sent a few times at the pace of RFC 8445 section 14.3; there is no backing off, since
 * so few are no burden to a path.
 */
final class PathCheck extends OwnCheck {
  static final int TRANSMISSIONS = 4;
  static final long WAIT_NANOS = 500_000_000L;

  // Of two checks the one with the higher number was begun later.
  final int number;

  PathCheck(int number, long now, RandomGenerator random) {
    super(TRANSMISSIONS, now, random);
    this.number = number;
  }

  @Override
  long waitAfter(int transmission) {
    return WAIT_NANOS;
  }
}
