package dev.sluice.ice;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The pairs that a full agent checks, the best first, and those whose turn comes earlier since the
 * peer has checked them (RFC 8445 section 6.1.2). The priority of the remote candidate decides: all
 * pairs have the same local one.
 */
final class CheckList<P> {
  /** candidates that the peer may name, and that many more that its checks may come from */
  static final int MAX_CANDIDATES = 16;

  private static final int MAX_PAIRS = 2 * MAX_CANDIDATES;
  private static final Comparator<CheckedPair<?>> ORDER =
      Comparator.comparingLong((CheckedPair<?> pair) -> pair.priority).reversed();

  private final List<CheckedPair<P>> pairs = new ArrayList<>();
  private final Queue<CheckedPair<P>> triggered = new ArrayDeque<>();

  /** The best of these candidates, each path once. */
  CheckList(List<RemoteCandidate> candidates, Function<InetSocketAddress, P> paths) {
    candidates.stream()
        .sorted(Comparator.comparingLong(RemoteCandidate::priority).reversed())
        .filter(candidate -> pairs.size() < MAX_CANDIDATES)
        .forEachOrdered(candidate -> add(paths.apply(candidate.address()), candidate.priority()));
  }

  private void add(P path, long priority) {
    if (find(path) == null) {
      pairs.add(new CheckedPair<>(path, priority));
    }
  }

  List<CheckedPair<P>> pairs() {
    return pairs;
  }

  @Nullable CheckedPair<P> find(P path) {
    for (CheckedPair<P> pair : pairs) {
      if (pair.path.equals(path)) {
        return pair;
      }
    }
    return null;
  }

  /** Adds a peer-reflexive candidate; returns null where there are too many. */
  @Nullable CheckedPair<P> learn(P path, long priority) {
    if (pairs.size() == MAX_PAIRS) {
      return null;
    }
    CheckedPair<P> pair = new CheckedPair<>(path, priority);
    pairs.add(pair);
    pairs.sort(ORDER);
    return pair;
  }

  /** Has a pair checked soon, whatever its priority (RFC 8445 section 7.3.1.4). */
  void trigger(CheckedPair<P> pair) {
    if (!triggered.contains(pair)) {
      pair.reset();
      triggered.add(pair);
    }
  }

  /** Takes the pair whose check is to be begun next. */
  @Nullable CheckedPair<P> next() {
    CheckedPair<P> pair = triggered.poll();
    return pair == null ? best(CheckedPair.State.WAITING) : pair;
  }

  boolean isAnyWaiting() {
    return best(CheckedPair.State.WAITING) != null;
  }

  boolean isAnyTriggered() {
    return !triggered.isEmpty();
  }

  /** The best of those that have succeeded. */
  @Nullable CheckedPair<P> bestSucceeded() {
    return best(CheckedPair.State.SUCCEEDED);
  }

  /** Whether a better pair than this one may still succeed. */
  boolean mayImproveOn(CheckedPair<P> pair) {
    for (CheckedPair<P> better : pairs) {
      if (better == pair) {
        return false;
      }
      if (isOpen(better)) {
        return true;
      }
    }
    return false;
  }

  /** How many checks have neither succeeded nor failed. */
  int open() {
    return (int) pairs.stream().filter(CheckList::isOpen).count();
  }

  private static boolean isOpen(CheckedPair<?> pair) {
    return pair.is(CheckedPair.State.WAITING) || pair.is(CheckedPair.State.IN_PROGRESS);
  }

  private @Nullable CheckedPair<P> best(CheckedPair.State state) {
    for (CheckedPair<P> pair : pairs) {
      if (pair.is(state)) {
        return pair;
      }
    }
    return null;
  }

  /** The one whose check is to be sent now, if any. */
  @Nullable CheckedPair<P> due(long now) {
    for (CheckedPair<P> pair : pairs) {
      CheckTransaction check = pair.transaction();
      if (check != null && check.isDue(now)) {
        return pair;
      }
    }
    return null;
  }

  void giveUpUnanswered(long now) {
    for (CheckedPair<P> pair : pairs) {
      CheckTransaction check = pair.transaction();
      if (check != null && check.isOver(now)) {
        pair.failed();
      }
    }
  }

  /** A pair is selected: no other one has to be checked any more. */
  void stop() {
    triggered.clear();
    pairs.forEach(CheckedPair::stop);
  }

  /** The time at which a check has to be sent or given up, if it is earlier than the given one. */
  long nextCheck(long before) {
    long next = before;
    for (CheckedPair<P> pair : pairs) {
      CheckTransaction check = pair.transaction();
      if (check != null && check.next() - next < 0) {
        next = check.next();
      }
    }
    return next;
  }
}
