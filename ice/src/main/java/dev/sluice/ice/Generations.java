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
  private boolean proofRequired;

  Generations(
      IceContext context, IceListener listener, IceCredentials local, IceCredentials remote) {
    this.context = context;
    this.listener = listener;
    this.current = new Generation(context, local, remote);
  }

  IceCredentials localCredentials() {
    return current.local;
  }

  @Nullable Generation addressedBy(StunMessage request) {
    if (request.isAddressedTo(current.local.ufrag())) {
      return current;
    }
    Generation old = previous;
    return old != null && request.isAddressedTo(old.local.ufrag()) ? old : null;
  }

  @Nullable CandidatePair selectedPair() {
    return selecting().selected();
  }

  @Nullable InetSocketAddress selected() {
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
    if (request.useCandidate() && pair == generation.selected()) {
      generation.selectedIsNominated();
    }
    if (generation.isToBeSelected(pair, request.useCandidate(), now) || isAnyWanted()) {
      choose(now, generation, pair);
    }
  }

  private boolean isAnyWanted() {
    return proofRequired && selectedPair() == null;
  }

  private CandidatePair learn(long now, Generation generation, InetSocketAddress remote) {
    boolean isNew = !knows(remote);
    CandidatePair evicted = generation.isFull() ? generation.evict(now) : null;
    CandidatePair pair = new CandidatePair(remote, now);
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

  /** Selects a pair where no proof is required or its address has given it, else asks for one. */
  private void choose(long now, Generation generation, CandidatePair pair) {
    if (!proofRequired || pair.remote.equals(selected())) {
      select(generation, pair);
    } else {
      generation.check(pair, now);
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

  /**
   * From now on only addresses that have given proof are selected; the given one has.
   *
   * @return whether nothing is selected
   */
  boolean requireProof(long now, @Nullable InetSocketAddress proved) {
    proofRequired = true;
    Generation generation = selecting();
    CandidatePair nominated = generation.selected();
    CandidatePair pair = proved == null ? null : generation.find(proved);
    if (pair != null && pair != nominated) {
      select(generation, pair);
    } else if (pair == null && nominated != null) {
      unselect(generation);
    }
    if (nominated != null && pair != nominated && generation == selecting()) {
      generation.check(nominated, now);
    }
    seekSubstitute(now);
    return selectedPair() == null;
  }

  void seekProof(long now, InetSocketAddress remote) {
    CandidatePair pair = current.find(remote);
    if (pair != null && pair.mayBeProved()) {
      current.check(pair, now);
    }
  }

  boolean isProved(InetSocketAddress remote) {
    CandidatePair pair = current.find(remote);
    return pair != null && pair.isProved();
  }

  private void unselect(Generation generation) {
    if (generation == previous) {
      retirePrevious();
    } else {
      generation.deselect();
    }
    listener.selectedChanged(null);
  }

  /** The generation that has a pair whose check is to be sent now, if any. */
  @Nullable Generation dueForCheck(long now) {
    if (current.dueForCheck(now) != null) {
      return current;
    }
    Generation old = previous;
    return old != null && old.dueForCheck(now) != null ? old : null;
  }

  /** A response has come; it is proof if it authentically answers our check to that address. */
  boolean answered(long now, StunMessage response, InetSocketAddress remote) {
    Generation old = previous;
    return answered(now, current, response, remote)
        || (old != null && answered(now, old, response, remote));
  }

  private boolean answered(
      long now, Generation generation, StunMessage response, InetSocketAddress remote) {
    CandidatePair pair = generation.find(remote);
    PathCheck check = pair == null ? null : pair.check();
    if (pair == null
        || check == null
        || !response.hasTransactionId(check.transactionId())
        || !context.authenticator.verify(response, generation.remote)) {
      return false;
    }
    pair.answered();
    if (isAnyWanted() || generation.isToBeSelected(pair, pair.isNominated(), now)) {
      select(generation, pair);
    } else {
      pair.forgetCheck();
    }
    return true;
  }

  void restart(IceCredentials newLocal, IceCredentials newRemote) {
    if (isInUse(newLocal.ufrag())) {
      throw new IllegalArgumentException("a restart needs a new username fragment");
    }
    Generation old = current;
    current = new Generation(context, newLocal, newRemote);
    if (old.selected() == null) {
      retire(old);
    } else {
      previous = old;
    }
  }

  private boolean isInUse(String ufrag) {
    Generation old = previous;
    return ufrag.equals(current.local.ufrag()) || (old != null && ufrag.equals(old.local.ufrag()));
  }

  /** Whether no pair is left with consent, where one was selected or waits for its proof. */
  boolean isSilent(long now) {
    Generation generation = selecting();
    boolean begun = generation.selected() != null || isWaitingForProof(generation);
    return begun && !hasConsent(generation.newest(now), now);
  }

  private boolean isWaitingForProof(Generation generation) {
    return proofRequired && generation.selected() == null && !generation.pairs().isEmpty();
  }

  private boolean hasConsent(CandidatePair pair, long now) {
    return pair.silence(now) < context.consentTimeoutNanos;
  }

  /** The generation that has the selected pair, or is to have it. */
  private Generation selecting() {
    Generation old = previous;
    return old == null ? current : old;
  }

  /**
   * Gives up checks that nobody answers, and turns from a selected pair that is silent to another
   * one: at first while it stays selected, and without it when its consent has ended.
   *
   * @return whether nothing is selected any more while another pair has consent
   */
  boolean handleTimeout(long now) {
    current.giveUpUnanswered(now);
    selecting().giveUpUnanswered(now);
    seekSubstitute(now);
    Generation generation = selecting();
    CandidatePair selected = generation.selected();
    if (selected == null || hasConsent(selected, now)) {
      return false;
    }
    boolean another = hasConsent(generation.newest(now), now);
    if (another || generation == previous) {
      unselect(generation);
    }
    return another;
  }

  private void seekSubstitute(long now) {
    Generation generation = selecting();
    boolean free = !generation.isChecking() && (proofRequired || generation.selected() != null);
    CandidatePair substitute = free ? generation.substitute(now) : null;
    if (substitute != null) {
      choose(now, generation, substitute);
    }
  }

  /** When {@link #handleTimeout} has something to do, or a check is due. */
  long nextTimeout(long connectDeadline) {
    Generation generation = selecting();
    CandidatePair selected = generation.selected();
    long next = selected == null ? connectDeadline : selected.lastCheck() + patience(selected);
    if (isWaitingForProof(generation)) {
      next = earlier(next, generation.newest(next).lastCheck() + context.consentTimeoutNanos);
    }
    return current.nextCheck(generation.nextCheck(next));
  }

  private long patience(CandidatePair selected) {
    Generation generation = selecting();
    return generation.isChecking() ? context.consentTimeoutNanos : generation.patience(selected);
  }

  private static long earlier(long a, long b) {
    return a - b < 0 ? a : b;
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
    listener.ufragRetired(generation.local.ufrag());
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
    current = new Generation(context, last.local, last.remote);
    retire(last);
    if (hadSelected) {
      listener.selectedChanged(null);
    }
  }
}
