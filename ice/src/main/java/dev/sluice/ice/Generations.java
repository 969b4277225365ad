package dev.sluice.ice;

import org.jspecify.annotations.Nullable;

/**
 * The ICE generations of one agent: the current one and, during a restart, the one before it for as
 * long as it holds the selected pair. Tells the listener what becomes of paths.
 */
final class Generations<P> {
  private final IceContext context;
  private final IceListener<P> listener;

  private Generation<P> current;
  // Has a selected pair; gone as soon as the current generation has one too.
  private @Nullable Generation<P> previous;
  private boolean proofRequired;

  Generations(
      IceContext context, IceListener<P> listener, IceCredentials local, IceCredentials remote) {
    this.context = context;
    this.listener = listener;
    this.current = new Generation<>(context, local, remote);
  }

  IceCredentials localCredentials() {
    return current.local;
  }

  @Nullable Generation<P> addressedBy(StunMessage request) {
    if (request.isAddressedTo(current.local.ufrag())) {
      return current;
    }
    Generation<P> old = previous;
    return old != null && request.isAddressedTo(old.local.ufrag()) ? old : null;
  }

  @Nullable CandidatePair<P> selectedPair() {
    return selecting().selected();
  }

  @Nullable P selected() {
    CandidatePair<P> pair = selectedPair();
    return pair == null ? null : pair.path;
  }

  boolean knows(P path) {
    Generation<P> old = previous;
    return current.find(path) != null || (old != null && old.find(path) != null);
  }

  boolean isRestarting() {
    return previous != null;
  }

  /** An authenticated check has come. */
  void checked(long now, Generation<P> generation, StunMessage request, P path) {
    CandidatePair<P> pair = generation.find(path);
    if (pair == null) {
      pair = learn(now, generation, path);
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

  private CandidatePair<P> learn(long now, Generation<P> generation, P path) {
    boolean isNew = !knows(path);
    CandidatePair<P> evicted = generation.isFull() ? generation.evict(now) : null;
    CandidatePair<P> pair = new CandidatePair<>(path, now);
    generation.add(pair);
    context.count(IceCounter.PAIRS_LEARNED);
    if (evicted != null) {
      context.count(IceCounter.PAIRS_EVICTED);
      notifyIfForgotten(evicted);
    }
    if (isNew) {
      listener.pathAdded(path);
    }
    return pair;
  }

  /** Selects a pair where no proof is required or it has given it, else asks for one. */
  private void choose(long now, Generation<P> generation, CandidatePair<P> pair) {
    if (!proofRequired || pair.path.equals(selected())) {
      select(generation, pair);
    } else {
      generation.check(pair, now);
    }
  }

  private void select(Generation<P> generation, CandidatePair<P> pair) {
    P before = selected();
    generation.select(pair);
    context.count(IceCounter.SELECTIONS);
    if (generation == current) {
      retirePrevious();
    }
    if (!pair.path.equals(before)) {
      listener.selectedChanged(pair.path);
    }
  }

  /**
   * From now on only paths that have given proof are selected; the given one has.
   *
   * @return whether nothing is selected
   */
  boolean requireProof(long now, @Nullable P proved) {
    proofRequired = true;
    Generation<P> generation = selecting();
    CandidatePair<P> nominated = generation.selected();
    CandidatePair<P> pair = proved == null ? null : generation.find(proved);
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

  void seekProof(long now, P path) {
    CandidatePair<P> pair = current.find(path);
    if (pair != null && pair.mayBeProved()) {
      current.check(pair, now);
    }
  }

  boolean isProved(P path) {
    CandidatePair<P> pair = current.find(path);
    return pair != null && pair.isProved();
  }

  private void unselect(Generation<P> generation) {
    if (generation == previous) {
      retirePrevious();
    } else {
      generation.deselect();
    }
    listener.selectedChanged(null);
  }

  /** The generation that has a pair whose check is to be sent now, if any. */
  @Nullable Generation<P> dueForCheck(long now) {
    if (current.dueForCheck(now) != null) {
      return current;
    }
    Generation<P> old = previous;
    return old != null && old.dueForCheck(now) != null ? old : null;
  }

  /** A response has come; it is proof if it authentically answers our check of that path. */
  boolean answered(long now, StunMessage response, P path) {
    Generation<P> old = previous;
    return answered(now, current, response, path)
        || (old != null && answered(now, old, response, path));
  }

  private boolean answered(long now, Generation<P> generation, StunMessage response, P path) {
    CandidatePair<P> pair = generation.find(path);
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

  /**
   * A path is no more: none is followed to it, and another one is turned to.
   *
   * @return whether nothing is selected for that
   */
  boolean lost(long now, P path) {
    boolean wasSelected = path.equals(selected());
    if (wasSelected) {
      unselect(selecting());
    }
    forget(current, path);
    if (previous != null) {
      forget(previous, path);
    }
    seekSubstitute(now);
    return wasSelected && selectedPair() == null;
  }

  private void forget(Generation<P> generation, P path) {
    CandidatePair<P> pair = generation.find(path);
    if (pair != null) {
      generation.remove(pair);
      notifyIfForgotten(pair);
    }
  }

  void restart(IceCredentials newLocal, IceCredentials newRemote) {
    if (isInUse(newLocal.ufrag())) {
      throw new IllegalArgumentException("a restart needs a new username fragment");
    }
    Generation<P> old = current;
    current = new Generation<>(context, newLocal, newRemote);
    if (old.selected() == null) {
      retire(old);
    } else {
      previous = old;
    }
  }

  private boolean isInUse(String ufrag) {
    Generation<P> old = previous;
    return ufrag.equals(current.local.ufrag()) || (old != null && ufrag.equals(old.local.ufrag()));
  }

  /** Whether no pair is left with consent, where one was selected or waits for its proof. */
  boolean isSilent(long now) {
    Generation<P> generation = selecting();
    boolean begun = generation.selected() != null || isWaitingForProof(generation);
    return begun && !hasConsent(generation.newest(now), now);
  }

  private boolean isWaitingForProof(Generation<P> generation) {
    return proofRequired && generation.selected() == null && !generation.pairs().isEmpty();
  }

  private boolean hasConsent(CandidatePair<P> pair, long now) {
    return pair.silence(now) < context.consentTimeoutNanos;
  }

  /** The generation that has the selected pair, or is to have it. */
  private Generation<P> selecting() {
    Generation<P> old = previous;
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
    Generation<P> generation = selecting();
    CandidatePair<P> selected = generation.selected();
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
    Generation<P> generation = selecting();
    boolean free = !generation.isChecking() && (proofRequired || generation.selected() != null);
    CandidatePair<P> substitute = free ? generation.substitute(now) : null;
    if (substitute != null) {
      choose(now, generation, substitute);
    }
  }

  /** When {@link #handleTimeout} has something to do, or a check is due. */
  long nextTimeout(long connectDeadline) {
    Generation<P> generation = selecting();
    CandidatePair<P> selected = generation.selected();
    long next = selected == null ? connectDeadline : selected.lastCheck() + patience(selected);
    if (isWaitingForProof(generation)) {
      next = earlier(next, generation.newest(next).lastCheck() + context.consentTimeoutNanos);
    }
    return current.nextCheck(generation.nextCheck(next));
  }

  private long patience(CandidatePair<P> selected) {
    Generation<P> generation = selecting();
    return generation.isChecking() ? context.consentTimeoutNanos : generation.patience(selected);
  }

  private static long earlier(long a, long b) {
    return a - b < 0 ? a : b;
  }

  private void retirePrevious() {
    Generation<P> old = previous;
    if (old != null) {
      previous = null;
      retire(old);
    }
  }

  private void retire(Generation<P> generation) {
    for (CandidatePair<P> pair : generation.pairs()) {
      notifyIfForgotten(pair);
    }
    listener.ufragRetired(generation.local.ufrag());
  }

  private void notifyIfForgotten(CandidatePair<P> pair) {
    if (!knows(pair.path)) {
      listener.pathRemoved(pair.path);
    }
  }

  void close() {
    boolean hadSelected = selectedPair() != null;
    retirePrevious();
    Generation<P> last = current;
    current = new Generation<>(context, last.local, last.remote);
    retire(last);
    if (hadSelected) {
      listener.selectedChanged(null);
    }
  }
}
