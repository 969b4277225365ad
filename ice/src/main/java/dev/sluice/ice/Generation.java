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
      if (pair != selected
          && (oldest < 0 || now - pair.lastCheck() > now - pairs.get(oldest).lastCheck())) {
        oldest = i;
      }
    }
    return pairs.remove(oldest);
  }

  /**
   * Whether a pair that was just checked takes the place of the selected one: on its nomination, or
   * because the selected pair has been silent for so long that this one is the peer's only path.
   */
  boolean isToBeSelected(CandidatePair pair, boolean nominated, long now, long silence) {
    CandidatePair current = selected;
    if (current == null) {
      return nominated;
    }
    if (current == pair) {
      return false;
    }
    return (nominated && pair.isPreferredTo(current)) || now - current.lastCheck() >= silence;
  }
}
