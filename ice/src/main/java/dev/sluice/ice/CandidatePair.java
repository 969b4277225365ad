package dev.sluice.ice;

import java.net.InetSocketAddress;

/** A remote address from which an authenticated check came; the local candidate is the socket. */
final class CandidatePair {
  final InetSocketAddress remote;

  private long priority;
  private long lastCheck;
  private boolean nominated;
  private boolean checkedWithoutNomination;

  CandidatePair(InetSocketAddress remote) {
    this.remote = remote;
  }

  void checked(long now, StunMessage request) {
    lastCheck = now;
    priority = request.priority();
    if (request.useCandidate()) {
      nominated = true;
    } else {
      checkedWithoutNomination = true;
    }
  }

  long lastCheck() {
    return lastCheck;
  }

  /** How long ago the last check came. */
  long silence(long now) {
    return now - lastCheck;
  }

  /**
   * Whether a nomination of this pair is the peer's deliberate choice over the other. A peer with
   * regular nomination (RFC 8445 section 8.1.1) checks first and nominates later, and its newest
   * nomination counts. One with aggressive nomination (RFC 5245 section 8.1.1.2) nominates with
   * each first check, and of several nominated pairs that of highest priority counts. Either is
   * preferred to a pair that the peer did not nominate.
   */
  boolean isPreferredTo(CandidatePair other) {
    return !other.nominated || checkedWithoutNomination || priority >= other.priority;
  }
}
