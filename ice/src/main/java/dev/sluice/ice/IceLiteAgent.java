package dev.sluice.ice;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The lite, controlled side of ICE for one session and one component (RFC 8445, RFC 6544, RFC
 * 7675).
 *
 * <p><b>Checks.</b> {@link #handle} answers Binding requests. A request that is not authenticated
 * by the local credentials is answered as RFC 8489 section 9.1.3 says (400, 401) and changes
 * nothing but a counter, as does one that is answered with 420 or 487. Such answers have a limit, a
 * session's and a context's; beyond it there is silence. So has the verification of checks from
 * unknown addresses while they turn out to be forged. Any other request makes its path a valid
 * pair; at most 16 are kept for a generation, and a further one takes the place of the pair that
 * was checked longest ago, never of the selected one.
 *
 * <p><b>Selection.</b> The first nomination selects. Later the newest nomination wins, except that
 * a peer which nominates aggressively, that is with the first check of a pair already, is only
 * followed to a pair of higher or equal priority. When the selected pair has been silent for longer
 * than a peer that keeps its consent alive may be (6 s, or half of the consent timeout if that is
 * less) and another pair has been checked since, that one is followed, nominated or not: a NAT has
 * given the peer another port.
 *
 * <p><b>Proof.</b> The source address of a check may be forged, or the check recorded and sent
 * again. After {@link #requireProof} the agent therefore selects a pair only when a check of its
 * own was answered there; until then it keeps the pair it has. {@link #dueCheck} says when to send
 * it: at most four times.
 *
 * <p><b>Consent.</b> Each authenticated check from a pair renews the consent to send to it. When
 * that of the selected pair ends while another pair has consent, nothing is selected until that one
 * is proved, for which there is as much time as to connect. Otherwise {@link #isExpired} is true:
 * stop sending and end the session. A check that comes later, while the agent still stands, renews
 * it.
 *
 * <p><b>Restart.</b> After {@link #restart} checks with the old credentials are still answered and
 * keep the old selected pair, until a pair of the new generation is selected or the old one's
 * consent ends.
 *
 * @param <P> what stands for a path
 */
public final class IceLiteAgent<P> implements IceAgent<P> {
  private final IceContext context;
  private final Generations<P> generations;
  private final CheckGate gate;
  private final long tieBreaker;

  private long connectDeadline;
  private boolean closed;

  /**
   * Starts to wait for checks.
   *
   * @param context of the event loop that calls this agent
   * @param local credentials that the peer was or will be told
   * @param remote credentials that the peer has told
   * @param listener hears of routes and of the selected pair
   * @param now the time in nanoseconds, from which the connect timeout counts
   */
  public IceLiteAgent(
      IceContext context,
      IceCredentials local,
      IceCredentials remote,
      IceListener<P> listener,
      long now) {
    this.context = context;
    this.generations = new Generations<>(context, listener, local, remote);
    this.gate = new CheckGate(context);
    this.tieBreaker = context.random.nextLong();
    this.connectDeadline = now + context.connectTimeoutNanos;
  }

  @Override
  public int handle(
      long now,
      byte[] datagram,
      int offset,
      int length,
      P path,
      InetSocketAddress remote,
      byte[] out) {
    if (out.length < MAX_MESSAGE_LENGTH || remote.isUnresolved()) {
      throw new IllegalArgumentException("short output array or unresolved " + remote);
    }
    if (closed) {
      return 0;
    }
    StunMessage message = context.read(datagram, offset, length);
    if (message == null) {
      return 0;
    }
    if (message.messageType() == Stun.BINDING_REQUEST) {
      return answer(now, message, path, remote, out);
    }
    if (message.messageType() == Stun.BINDING_SUCCESS && generations.answered(now, message, path)) {
      context.count(IceCounter.CHECKS_ANSWERED);
    }
    return 0;
  }

  private int answer(long now, StunMessage request, P path, InetSocketAddress remote, byte[] out) {
    Generation<P> generation = generations.addressedBy(request);
    IceCredentials local = generation == null ? null : generation.local;
    int refusal = gate.pass(now, request, local, generations.knows(path), out);
    if (refusal != CheckGate.PASSED || generation == null) {
      return refusal;
    }
    if (request.isControlled()) {
      return gate.refuse(now, request, StunError.ROLE_CONFLICT, local, out);
    }
    int responseLength = context.responder.success(request, remote, generation.local, out);
    generations.checked(now, generation, request, path);
    return responseLength;
  }

  /**
   * Begins a new ICE generation (RFC 8445 section 9), whose connect timeout starts now. The old
   * selected pair stays in use until the new generation has one or the old consent ends; without a
   * selected pair the old credentials are retired at once.
   *
   * @param now the time in nanoseconds
   * @param newLocal the credentials that the peer is told, different from those in use
   * @param newRemote the credentials that the peer has told with its restart
   */
  public void restart(long now, IceCredentials newLocal, IceCredentials newRemote) {
    generations.restart(newLocal, newRemote);
    connectDeadline = now + context.connectTimeoutNanos;
    context.count(IceCounter.RESTARTS);
  }

  @Override
  public void requireProof(long now, @Nullable P proved) {
    if (generations.requireProof(now, proved)) {
      connectDeadline = now + context.connectTimeoutNanos;
    }
  }

  @Override
  public void seekProof(long now, P path) {
    generations.seekProof(now, path);
  }

  @Override
  public boolean isProved(P path) {
    return generations.isProved(path);
  }

  @Override
  public @Nullable P dueCheck(long now) {
    Generation<P> generation = generations.dueForCheck(now);
    CandidatePair<P> pair = generation == null ? null : generation.dueForCheck(now);
    return pair == null ? null : pair.path;
  }

  @Override
  public int writeCheck(long now, byte[] out) {
    Generation<P> generation = generations.dueForCheck(now);
    CandidatePair<P> pair = generation == null ? null : generation.dueForCheck(now);
    PathCheck check = pair == null ? null : pair.check();
    if (generation == null || check == null) {
      return 0;
    }
    check.sent(now);
    context.count(IceCounter.CHECKS_SENT);
    return context.requester.controlled(
        generation.local, generation.remote, check.transactionId(), tieBreaker, out);
  }

  @Override
  public @Nullable P selected() {
    return generations.selected();
  }

  @Override
  public boolean knows(P path) {
    return generations.knows(path);
  }

  @Override
  public void lost(long now, P path) {
    if (generations.lost(now, path)) {
      connectDeadline = now + context.connectTimeoutNanos;
    }
  }

  /**
   * The credentials of the newest generation.
   *
   * @return those of the constructor or of the last {@link #restart}
   */
  public IceCredentials localCredentials() {
    return generations.localCredentials();
  }

  @Override
  public long nextTimeout() {
    return generations.nextTimeout(connectDeadline);
  }

  /**
   * Leaves a selected pair that is silent for another valid pair, or, during a restart, lets go of
   * an old generation without consent.
   */
  @Override
  public void handleTimeout(long now) {
    if (generations.handleTimeout(now)) {
      connectDeadline = now + context.connectTimeoutNanos;
    }
  }

  @Override
  public boolean isExpired(long now) {
    boolean unselected = generations.selectedPair() == null;
    boolean waiting = unselected || generations.isRestarting();
    if (now - connectDeadline < 0 && waiting) {
      return unselected && generations.isSilent(now);
    }
    return unselected || generations.isSilent(now);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      generations.close();
    }
  }
}
