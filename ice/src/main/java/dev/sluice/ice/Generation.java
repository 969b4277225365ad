package dev.sluice.ice;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One ICE generation: its local credentials and the pairs that were checked with them. */
final class Generation {
  static final int MAX_PAIRS = 16;

  final IceCredentials credentials;

  private final List<CandidatePair> pairs = new ArrayList<>(2);
  private @Nullable CandidatePair selected;

  Generation(IceCredentials credentials) {
    this.credentials = credentials;
  }

  List<CandidatePair> pairs() {
    return pairs;
  }

  @Nullable CandidatePair selected() {
    return selected;
  }

  void select(CandidatePair pair) {
    selected = pair;
  }

  @Nullable CandidatePair find(InetSocketAddress remote) {
    for (int i = 0; i < pairs.size(); i++) {
      if (pairs.get(i).remote.equals(remote)) {
        return pairs.get(i);
      }
    }
    return null;
  }

  boolean isFull() {
    return pairs.size() == MAX_PAIRS;
  }

  void add(CandidatePair pair) {
    pairs.add(pair);
  }

  /** Removes the pair that was checked longest ago, never the selected one. */
  CandidatePair evict(long now) {
    int oldest = -1;
    for (int i = 0; i < pairs.size(); i++) {
      CandidatePair pair = pairs.get(i);
      if (pair != selected && (oldest < 0 || pair.silence(now) > pairs.get(oldest).silence(now))) {
        oldest = i;
      }
    }
    return pairs.remove(oldest);
  }

  /** The pair that was checked last; there must be one. */
  CandidatePair newest(long now) {
    CandidatePair newest = pairs.get(0);
    for (int i = 1; i < pairs.size(); i++) {
      if (pairs.get(i).silence(now) < newest.silence(now)) {
        newest = pairs.get(i);
      }
    }
    return newest;
  }

  /**
   * Whether a pair that was just nominated takes the place of the selected one. The silence is that
   * after which even an aggressive peer must have meant it.
   */
  boolean isToBeSelected(CandidatePair pair, long now, long silence) {
    CandidatePair current = selected;
    return current == null
        || (current != pair && (pair.isPreferredTo(current) || current.silence(now) >= silence));
  }
}
