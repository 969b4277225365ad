package dev.sluice.ice;

import org.jspecify.annotations.Nullable;

/** A path by which an authenticated check came; the local candidate is where it arrived. */
final class CandidatePair<P> {
  final P path;

  private final long learned;
  private long priority;
  private long lastCheck;
  private boolean nominated;
  private boolean checkedWithoutNomination;
  private @Nullable PathCheck check;
  private int unansweredChecks;
  private boolean unproved;
  private boolean proved;

  CandidatePair(P path, long now) {
    this.path = path;
    this.learned = now;
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

  /** The check of our own that is under way. */
  @Nullable PathCheck check() {
    return check;
  }

  void begin(PathCheck newCheck) {
    check = newCheck;
  }

  void giveUpCheck() {
    check = null;
    unansweredChecks++;
    unproved = nominated;
  }

  void answered() {
    unansweredChecks = 0;
    proved = true;
  }

  /** Whether it has answered a check of ours. */
  boolean isProved() {
    return proved;
  }

  /** Whether a check of ours is worth its bytes though nothing is selected by it. */
  boolean mayBeProved() {
    return !proved && unansweredChecks == 0;
  }

  /** What the peer wanted with this pair is out of date. */
  void forgetCheck() {
    check = null;
    unproved = false;
  }

  /** Whether the pair was nominated and a check of it was given up. */
  boolean isUnproved() {
    return unproved;
  }

  boolean isNominated() {
    return nominated;
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
  boolean isPreferredTo(CandidatePair<P> other) {
    return !other.nominated || checkedWithoutNomination || priority >= other.priority;
  }

  /** Whether the last check came after that of the other pair. */
  boolean isNewerThan(CandidatePair<P> other) {
    return lastCheck - other.lastCheck > 0;
  }

  /** Whether the first check came after the last one of the other pair. */
  boolean followed(CandidatePair<P> other) {
    return learned - other.lastCheck > 0;
  }

  /** Whether, nominations left aside, this is the likelier pair to reach the peer by. */
  boolean isLivelierThan(CandidatePair<P> other) {
    return unansweredChecks == other.unansweredChecks
        ? isNewerThan(other)
        : unansweredChecks < other.unansweredChecks;
  }
}
