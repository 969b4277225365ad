package dev.sluice.ice;

import org.jspecify.annotations.Nullable;

/**
 * A remote candidate as a full agent checks it; the local candidate is the socket, and the base of
 * all that its addresses are known by elsewhere.
 */
final class CheckedPair<P> {

  /** How far its checks are (RFC 8445 section 6.1.2.6); nothing is ever frozen. */
  enum State {
    WAITING,
    IN_PROGRESS,
    SUCCEEDED,
    FAILED
  }

  final P path;
  final long priority;

  private State state = State.WAITING;
  private @Nullable CheckTransaction transaction;
  private boolean announced;
  private boolean heard;
  private boolean nominated;

  CheckedPair(P path, long priority) {
    this.path = path;
    this.priority = priority;
  }

  boolean is(State which) {
    return state == which;
  }

  /** The check that is under way, which may be one more of a pair that has succeeded. */
  @Nullable CheckTransaction transaction() {
    return transaction;
  }

  void begin(CheckTransaction check) {
    transaction = check;
    state = is(State.SUCCEEDED) ? state : State.IN_PROGRESS;
  }

  void succeeded() {
    transaction = null;
    state = State.SUCCEEDED;
  }

  void failed() {
    transaction = null;
    state = State.FAILED;
  }

  /** It is to be checked anew, by and by. */
  void reset() {
    transaction = null;
    state = State.WAITING;
  }

  void stop() {
    transaction = null;
    state = is(State.IN_PROGRESS) ? State.WAITING : state;
  }

  /** An authenticated check came from there. */
  void heard(boolean nominating) {
    heard = true;
    nominated |= nominating;
  }

  /** Whether something authenticated came from there. */
  boolean isKnown() {
    return heard || is(State.SUCCEEDED);
  }

  /** Whether the peer wants it to be used. */
  boolean isNominated() {
    return nominated;
  }

  /** Returns true the first time only. */
  boolean announce() {
    boolean first = !announced;
    announced = true;
    return first;
  }

  boolean isAnnounced() {
    return announced;
  }
}
