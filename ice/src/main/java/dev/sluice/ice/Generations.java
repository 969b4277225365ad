package dev.sluice.ice;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The ICE generations of one agent: the current one and, during a restart, the one before it for as
 * long as it holds the selected pair. Tells the listener what becomes of remote addresses.
 */
final class Generations {
  private final IceContext context;
  private final IceListener listener;

  private Generation current;
  // Has a selected pair; gone as soon as the current generation has one too.
  private @Nullable Generation previous;

  Generations(IceContext context, IceListener listener, IceCredentials local) {
    this.context = context;
    this.listener = listener;
    this.current = new Generation(local);
  }

  IceCredentials localCredentials() {
    return current.credentials;
  }

  @Nullable Generation addressedBy(StunMessage request) {
    if (request.isAddressedTo(current.credentials.ufrag())) {
      return current;
    }
    Generation old = previous;
    return old != null && request.isAddressedTo(old.credentials.ufrag()) ? old : null;
  }

  @Nullable CandidatePair selectedPair() {
    return selecting().selected();
  }

  private @Nullable InetSocketAddress selected() {
    CandidatePair pair = selectedPair();
    return pair == null ? null : pair.remote;
  }

  boolean knows(InetSocketAddress remote) {
    Generation old = previous;
    return current.find(remote) != null || (old != null && old.find(remote) != null);
  }

  boolean isRestarting() {
    return previous != null;
  }

  /** An authenticated check has come. */
  void checked(long now, Generation generation, StunMessage request, InetSocketAddress remote) {
    CandidatePair pair = generation.find(remote);
    if (pair == null) {
      pair = learn(now, generation, remote);
    }
    pair.checked(now, request);
    long silence = context.consentTimeoutNanos / 2;
    if (request.useCandidate() && generation.isToBeSelected(pair, now, silence)) {
      select(generation, pair);
    }
  }

  private CandidatePair learn(long now, Generation generation, InetSocketAddress remote) {
    boolean isNew = !knows(remote);
    CandidatePair evicted = generation.isFull() ? generation.evict(now) : null;
    CandidatePair pair = new CandidatePair(remote);
    generation.add(pair);
    context.count(IceCounter.PAIRS_LEARNED);
    if (evicted != null) {
      context.count(IceCounter.PAIRS_EVICTED);
      notifyIfForgotten(evicted);
    }
    if (isNew) {
      listener.remoteAdded(remote);
    }
    return pair;
  }

  /** Selects a valid pair while none is selected. */
  void selectFirst(InetSocketAddress remote) {
    CandidatePair pair = current.find(remote);
    if (pair != null && selectedPair() == null) {
      select(current, pair);
    }
  }

  private void select(Generation generation, CandidatePair pair) {
    InetSocketAddress before = selected();
    generation.select(pair);
    context.count(IceCounter.SELECTIONS);
    if (generation == current) {
      retirePrevious();
    }
    if (!pair.remote.equals(before)) {
      listener.selectedChanged(pair.remote);
    }
  }

  void restart(IceCredentials newLocal) {
    if (isInUse(newLocal.ufrag())) {
      throw new IllegalArgumentException("a restart needs a new username fragment");
    }
    Generation old = current;
    current = new Generation(newLocal);
    if (old.selected() == null) {
      retire(old);
    } else {
      previous = old;
    }
  }

  private boolean isInUse(String ufrag) {
    Generation old = previous;
    return ufrag.equals(current.credentials.ufrag())
        || (old != null && ufrag.equals(old.credentials.ufrag()));
  }

  /** Whether no pair is left with consent, where one was selected. */
  boolean isSilent(long now) {
    return !hasConsent(selecting().newest(now), now);
  }

  private boolean hasConsent(CandidatePair pair, long now) {
    return pair.silence(now) < context.consentTimeoutNanos;
  }

  /** The generation that has the selected pair, or is to have it. */
  private Generation selecting() {
    Generation old = previous;
    return old == null ? current : old;
  }

  /** Leaves a selected pair whose consent has ended for another one, or else the old generation. */
  void expireSelected(long now) {
    CandidatePair selected = selectedPair();
    if (selected == null || hasConsent(selected, now)) {
      return;
    }
    Generation generation = selecting();
    CandidatePair newest = generation.newest(now);
    if (hasConsent(newest, now)) {
      select(generation, newest);
    } else if (previous != null) {
      retirePrevious();
      listener.selectedChanged(null);
    }
  }

  private void retirePrevious() {
    Generation old = previous;
    if (old != null) {
      previous = null;
      retire(old);
    }
  }

  private void retire(Generation generation) {
    for (CandidatePair pair : generation.pairs()) {
      notifyIfForgotten(pair);
    }
    listener.ufragRetired(generation.credentials.ufrag());
  }

  private void notifyIfForgotten(CandidatePair pair) {
    if (!knows(pair.remote)) {
      listener.remoteRemoved(pair.remote);
    }
  }

  void close() {
    boolean hadSelected = selectedPair() != null;
    retirePrevious();
    Generation last = current;
    current = new Generation(last.credentials);
    retire(last);
    if (hadSelected) {
      listener.selectedChanged(null);
    }
  }
}
