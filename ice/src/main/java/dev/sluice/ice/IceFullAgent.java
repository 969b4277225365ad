package dev.sluice.ice;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The side of ICE that has made the offer, for one session and one component (RFC 8445, RFC 7675):
 * a full agent, with a peer that is lite or full. It has one local candidate, its socket, asks no
 * STUN or TURN server, and resolves no name.
 *
 * <p><b>Checks.</b> The peer's candidates are checked one every 50 ms, the best first, sooner where
 * the peer has checked this side; an address that its checks come from and it did not name is one
 * more candidate. A check is repeated for as long as RFC 8489 says. An error in answer to it says
 * nothing but of roles: the peer may not be ready yet.
 *
 * <p><b>Nomination.</b> It is controlling, and nominates the best pair that has succeeded, once no
 * better one is open or 200 ms have passed since the first success. The pair is selected when the
 * peer has acknowledged that. With a peer that holds itself for the controlling side too, the tie
 * breakers decide (RFC 8445 sections 7.2.5.1 and 7.3.1.1), and the peer may be the one to nominate.
 *
 * <p><b>Consent.</b> The selected pair is checked every 4 to 6 s. The session is over when none of
 * these checks was answered for the consent timeout, 18 s at least: there is no restart, only
 * another session.
 *
 * @param <P> what stands for a path, always over UDP
 */
public final class IceFullAgent<P> implements IceAgent<P> {
  /** Ta (RFC 8445 section 14.2) */
  private static final long PACE_NANOS = 50_000_000L;

  /** the least RTO (RFC 8445 section 14.3) */
  private static final long LEAST_TIMEOUT_NANOS = 500_000_000L;

  private static final long NOMINATION_WAIT_NANOS = 200_000_000L;

  private final IceContext context;
  private final IceCredentials local;
  private final IceCredentials remote;
  private final IceListener<P> listener;
  private final CheckGate gate;
  private final CheckList<P> list;
  private final long connectDeadline;
  private long tieBreaker;
  private boolean controlling = true;
  private long nextStart;
  private long firstSuccess;
  private @Nullable CheckedPair<P> nominee;
  private @Nullable CheckedPair<P> selected;
  private @Nullable Consent consent;
  private boolean closed;

  /**
   * Has the peer's candidates checked from now on.
   *
   * @param context of the event loop that calls this agent
   * @param local credentials that the peer was told
   * @param remote credentials that the peer has told
   * @param candidates of the peer, to which this side can send; the best 16 are checked
   * @param paths the way to an address over UDP
   * @param listener hears of routes and of the selected pair
   * @param now the time in nanoseconds, from which the connect timeout counts
   */
  public IceFullAgent(
      IceContext context,
      IceCredentials local,
      IceCredentials remote,
      List<RemoteCandidate> candidates,
      Function<InetSocketAddress, P> paths,
      IceListener<P> listener,
      long now) {
    this.context = context;
    this.local = local;
    this.remote = remote;
    this.listener = listener;
    gate = new CheckGate(context);
    list = new CheckList<>(candidates, paths);
    tieBreaker = context.random.nextLong();
    connectDeadline = now + context.connectTimeoutNanos;
    nextStart = now;
  }

  @Override
  public int handle(
      long now,
      byte[] datagram,
      int offset,
      int length,
      P from,
      InetSocketAddress address,
      byte[] out) {
    if (out.length < MAX_MESSAGE_LENGTH || address.isUnresolved()) {
      throw new IllegalArgumentException("short output array or unresolved " + address);
    }
    StunMessage message = closed ? null : context.read(datagram, offset, length);
    if (message == null) {
      return 0;
    }
    int answer = 0;
    if (message.messageType() == Stun.BINDING_REQUEST) {
      answer = answer(now, message, from, address, out);
    } else if (Stun.isResponse(message.messageType())) {
      answered(now, message, from);
    }
    proceed(now);
    return answer;
  }

  private int answer(long now, StunMessage request, P from, InetSocketAddress address, byte[] out) {
    IceCredentials addressed = request.isAddressedTo(local.ufrag()) ? local : null;
    int refusal = gate.pass(now, request, addressed, knows(from), out);
    if (refusal != CheckGate.PASSED) {
      return refusal;
    }
    if (isConflict(request)) {
      if (keepsRole(request)) {
        return gate.refuse(now, request, StunError.ROLE_CONFLICT, local, out);
      }
      switchRole();
    }
    int length = context.responder.success(request, address, local, out);
    checked(now, request, from);
    return length;
  }

  private boolean isConflict(StunMessage request) {
    return controlling ? request.isControlling() : request.isControlled();
  }

  /** The larger tie breaker is that of the controlling side (RFC 8445 section 7.3.1.1). */
  private boolean keepsRole(StunMessage request) {
    boolean larger = Long.compareUnsigned(tieBreaker, request.tieBreaker()) >= 0;
    return larger == controlling;
  }

  private void switchRole() {
    controlling = !controlling;
    nominee = null;
  }

  private void checked(long now, StunMessage request, P from) {
    CheckedPair<P> pair = list.find(from);
    if (pair == null) {
      pair = list.learn(from, request.priority());
      if (pair == null) {
        context.count(IceCounter.PAIRS_EVICTED);
        return;
      }
      context.count(IceCounter.PAIRS_LEARNED);
    }
    announce(pair);
    boolean nominating = request.useCandidate() && !controlling;
    pair.heard(nominating);
    if (pair.is(CheckedPair.State.SUCCEEDED)) {
      if (nominating) {
        select(now, pair);
      }
    } else if (selected == null || nominating) {
      checkSoon(now, pair);
    }
  }

  private void checkSoon(long now, CheckedPair<P> pair) {
    CheckTransaction check = pair.transaction();
    if (check == null) {
      list.trigger(pair);
    } else {
      check.hurry(now);
    }
  }

  private void answered(long now, StunMessage response, P from) {
    CheckedPair<P> pair = list.find(from);
    if (pair == null) {
      return;
    }
    CheckTransaction check = pair.transaction();
    boolean ofCheck = check != null && response.hasTransactionId(check.transactionId());
    boolean ofConsent = pair == selected && consent != null && consent.isAskedBy(response);
    if ((!ofCheck && !ofConsent) || !context.authenticator.verify(response, remote)) {
      return;
    }
    if (response.messageType() == Stun.BINDING_SUCCESS) {
      context.count(IceCounter.CHECKS_ANSWERED);
      succeeded(now, pair, ofCheck ? check : null);
    } else if (check != null && ofCheck && response.errorCode() == StunError.ROLE_CONFLICT.code) {
      yieldRole(check, pair);
    }
  }

  private void succeeded(long now, CheckedPair<P> pair, @Nullable CheckTransaction check) {
    if (consent != null && pair == selected) {
      consent.given(now);
    }
    if (check == null) {
      return;
    }
    firstSuccess = list.bestSucceeded() == null ? now : firstSuccess;
    pair.succeeded();
    if (controlling ? check.nominating : pair.isNominated()) {
      select(now, pair);
    }
  }

  /** RFC 8445 section 7.2.5.1 */
  private void yieldRole(CheckTransaction check, CheckedPair<P> pair) {
    if (check.controlling == controlling) {
      switchRole();
    }
    tieBreaker = context.random.nextLong();
    list.trigger(pair);
  }

  private void select(long now, CheckedPair<P> pair) {
    list.stop();
    nominee = null;
    if (pair != selected) {
      selected = pair;
      consent = new Consent(now, context.consentTimeoutNanos, context.random);
      context.count(IceCounter.SELECTIONS);
      listener.selectedChanged(pair.path);
    }
  }

  private void proceed(long now) {
    list.giveUpUnanswered(now);
    if (selected == null) {
      nominate(now);
    }
    if (now - nextStart >= 0 && isAnyToBegin()) {
      CheckedPair<P> pair = list.next();
      if (pair != null) {
        announce(pair);
        pair.begin(transaction(now, false));
        nextStart = now + PACE_NANOS;
      }
    }
  }

  /** Once a pair is selected, only another one that the peer nominates is worth a check. */
  private boolean isAnyToBegin() {
    return selected == null ? list.isAnyWaiting() : list.isAnyTriggered();
  }

  private void nominate(long now) {
    if (nominee != null && nominee.is(CheckedPair.State.FAILED)) {
      nominee = null;
    }
    CheckedPair<P> best = list.bestSucceeded();
    if (controlling && nominee == null && best != null && now - nominationTime(best) >= 0) {
      nominee = best;
      best.begin(transaction(now, true));
    }
  }

  private long nominationTime(CheckedPair<P> best) {
    return list.mayImproveOn(best) ? firstSuccess + NOMINATION_WAIT_NANOS : firstSuccess;
  }

  private CheckTransaction transaction(long now, boolean nominating) {
    long timeout = Math.max(LEAST_TIMEOUT_NANOS, list.open() * PACE_NANOS);
    return new CheckTransaction(now, timeout, controlling, nominating, context.random);
  }

  private void announce(CheckedPair<P> pair) {
    if (pair.announce()) {
      listener.pathAdded(pair.path);
    }
  }

  @Override
  public void requireProof(long now, @Nullable P proved) {
    // Nothing is selected that has not answered a check.
  }

  @Override
  public void seekProof(long now, P path) {
    // Each candidate is checked, until one is selected.
  }

  @Override
  public boolean isProved(P path) {
    CheckedPair<P> pair = list.find(path);
    return pair != null && pair.is(CheckedPair.State.SUCCEEDED);
  }

  @Override
  public @Nullable P dueCheck(long now) {
    if (closed) {
      return null;
    }
    CheckedPair<P> pair = isConsentDue(now) ? selected : list.due(now);
    return pair == null ? null : pair.path;
  }

  private boolean isConsentDue(long now) {
    return consent != null && consent.isDue(now);
  }

  @Override
  public int writeCheck(long now, byte[] out) {
    if (consent != null && consent.isDue(now)) {
      return write(consent.ask(now, context.random), false, out);
    }
    CheckedPair<P> pair = list.due(now);
    CheckTransaction check = pair == null ? null : pair.transaction();
    if (check == null) {
      return 0;
    }
    check.sent(now);
    return write(check.transactionId(), check.nominating, out);
  }

  private int write(byte[] id, boolean nominating, byte[] out) {
    context.count(IceCounter.CHECKS_SENT);
    return controlling
        ? context.requester.controlling(local, remote, id, tieBreaker, nominating, out)
        : context.requester.controlled(local, remote, id, tieBreaker, out);
  }

  @Override
  public @Nullable P selected() {
    return selected == null ? null : selected.path;
  }

  @Override
  public boolean knows(P path) {
    CheckedPair<P> pair = list.find(path);
    return pair != null && pair.isKnown();
  }

  @Override
  public void lost(long now, P path) {
    // None of its paths is a connection.
  }

  @Override
  public long nextTimeout() {
    long next = list.nextCheck(consent == null ? connectDeadline : consent.nextTimeout());
    if (isAnyToBegin()) {
      next = earlier(next, nextStart);
    }
    CheckedPair<P> best = selected == null && nominee == null ? list.bestSucceeded() : null;
    return controlling && best != null ? earlier(next, nominationTime(best)) : next;
  }

  private static long earlier(long a, long b) {
    return a - b < 0 ? a : b;
  }

  @Override
  public void handleTimeout(long now) {
    if (!closed) {
      proceed(now);
    }
  }

  @Override
  public boolean isExpired(long now) {
    return consent == null ? now - connectDeadline >= 0 : consent.isOver(now);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    boolean hadSelected = selected != null;
    selected = null;
    list.pairs().stream()
        .filter(CheckedPair::isAnnounced)
        .forEach(pair -> listener.pathRemoved(pair.path));
    listener.ufragRetired(local.ufrag());
    if (hadSelected) {
      listener.selectedChanged(null);
    }
  }
}
