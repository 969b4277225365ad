package dev.sluice.ice;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One ICE generation: the credentials of both sides, the pairs that were checked with them, and of
 * these the one that is sent to.
 */
final class Generation<P> {
  static final int MAX_PAIRS = 16;

  final IceCredentials local;
  final IceCredentials remote;

  private final IceContext context;
  private final List<CandidatePair<P>> pairs = new ArrayList<>(2);
  private @Nullable CandidatePair<P> selected;
  private int checks;

  Generation(IceContext context, IceCredentials local, IceCredentials remote) {
    this.context = context;
    this.local = local;
    this.remote = remote;
  }

  List<CandidatePair<P>> pairs() {
    return pairs;
  }

  @Nullable CandidatePair<P> selected() {
    return selected;
  }

  void select(CandidatePair<P> pair) {
    selected = pair;
    PathCheck check = pair.check();
    pair.forgetCheck();
    forgetChecksBefore(check == null ? checks : check.number);
  }

  void deselect() {
    selected = null;
  }

  /** Begins a check of our own, unless one is under way. */
  void check(CandidatePair<P> pair, long now) {
    if (pair.check() == null) {
      pair.begin(new PathCheck(checks++, now, context.random));
    }
  }

  /** The peer has nominated the selected pair: it wants no other. */
  void selectedIsNominated() {
    forgetChecksBefore(checks);
  }

  /** What the peer wanted before it came to the selected pair is out of date. */
  private void forgetChecksBefore(int number) {
    for (int i = 0; i < pairs.size(); i++) {
      CandidatePair<P> pair = pairs.get(i);
      boolean older = pair.check() == null || pair.check().number < number;
      if (older && selected != null && selected.isNominated() && selected.isPreferredTo(pair)) {
        pair.forgetCheck();
      }
    }
  }

  void giveUpUnanswered(long now) {
    for (int i = 0; i < pairs.size(); i++) {
      PathCheck check = pairs.get(i).check();
      if (check != null && check.isOver(now)) {
        pairs.get(i).giveUpCheck();
      }
    }
  }

  /** A pair whose check is to be sent now, if any. */
  @Nullable CandidatePair<P> dueForCheck(long now) {
    for (int i = 0; i < pairs.size(); i++) {
      PathCheck check = pairs.get(i).check();
      if (check != null && check.isDue(now)) {
        return pairs.get(i);
      }
    }
    return null;
  }

  boolean isChecking() {
    for (int i = 0; i < pairs.size(); i++) {
      if (pairs.get(i).check() != null) {
        return true;
      }
    }
    return false;
  }

  /** The time at which a check has to be sent or given up, if it is earlier than the given one. */
  long nextCheck(long before) {
    long next = before;
    for (int i = 0; i < pairs.size(); i++) {
      PathCheck check = pairs.get(i).check();
      if (check != null && check.next() - next < 0) {
        next = check.next();
      }
    }
    return next;
  }

  @Nullable CandidatePair<P> find(P path) {
    for (int i = 0; i < pairs.size(); i++) {
      if (pairs.get(i).path.equals(path)) {
        return pairs.get(i);
      }
    }
    return null;
  }

  boolean isFull() {
    return pairs.size() == MAX_PAIRS;
  }

  void add(CandidatePair<P> pair) {
    pairs.add(pair);
  }

  void remove(CandidatePair<P> pair) {
    pairs.remove(pair);
  }

  /** Removes the pair that was checked longest ago, never the selected one. */
  CandidatePair<P> evict(long now) {
    int oldest = -1;
    for (int i = 0; i < pairs.size(); i++) {
      CandidatePair<P> pair = pairs.get(i);
      if (pair != selected && (oldest < 0 || pair.silence(now) > pairs.get(oldest).silence(now))) {
        oldest = i;
      }
    }
    return pairs.remove(oldest);
  }

  /** The pair that was checked last; there must be one. */
  CandidatePair<P> newest(long now) {
    CandidatePair<P> newest = pairs.get(0);
    for (int i = 1; i < pairs.size(); i++) {
      if (pairs.get(i).silence(now) < newest.silence(now)) {
        newest = pairs.get(i);
      }
    }
    return newest;
  }

  /**
   * The pair to turn to when the selected one, if any, is silent: one that was checked since, by
   * preference one that has answered so far.
   */
  @Nullable CandidatePair<P> substitute(long now) {
    CandidatePair<P> best = null;
    for (int i = 0; i < pairs.size(); i++) {
      CandidatePair<P> pair = pairs.get(i);
      if (mayReplace(pair, selected, now) && (best == null || pair.isLivelierThan(best))) {
        best = pair;
      }
    }
    return best;
  }

  private boolean mayReplace(CandidatePair<P> pair, @Nullable CandidatePair<P> current, long now) {
    return pair.silence(now) < context.consentTimeoutNanos
        && (current == null || current.silence(now) >= patience(pair, current));
  }

  /** How long the selected pair may be silent before there is a substitute for it. */
  long patience(CandidatePair<P> current) {
    long shortest = context.consentTimeoutNanos;
    for (int i = 0; i < pairs.size(); i++) {
      shortest = Math.min(shortest, patience(pairs.get(i), current));
    }
    return shortest;
  }

  /** A pair that came up when the other one fell silent is its successor, a known one is not. */
  private long patience(CandidatePair<P> pair, CandidatePair<P> current) {
    if (!pair.isNewerThan(current)) {
      return context.consentTimeoutNanos;
    }
    return pair.followed(current) ? context.patienceNanos : context.consentTimeoutNanos / 2;
  }

  /**
   * Whether a pair that was just checked is to take the place of the selected one: the peer has
   * nominated it by preference, now or before a check of it was given up, or has come back to a
   * nominated pair from one that was a substitute, or has left the selected one alone for long.
   */
  boolean isToBeSelected(CandidatePair<P> pair, boolean nominating, long now) {
    CandidatePair<P> current = selected;
    if (current == null) {
      return nominating;
    }
    boolean stillNominated = nominating || pair.isUnproved();
    return current != pair
        && ((stillNominated && pair.isPreferredTo(current))
            || (pair.isNominated() && !current.isNominated())
            || mayReplace(pair, current, now));
  }
}
