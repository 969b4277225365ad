package dev.sluice.ice;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The lite, controlled side of ICE for one session and one component (RFC 8445, RFC 6544, RFC
 * 7675).
 *
 * <p><b>Paths.</b> A path leads to a remote address over UDP, or is a connection that the peer has
 * made (RFC 6544). Whatever the caller sends by may stand for one, such as the remote address
 * itself where there is nothing but one UDP socket. Equal ones are the same path.
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
 * <p>Time is {@code now} in nanoseconds of one monotonic clock. Not thread-safe; a listener must
 * not call back into a method that changes the agent.
 *
 * @param <P> what stands for a path
 */
public final class IceLiteAgent<P> implements AutoCloseable {
  /**
   * The size in bytes that {@link #handle} and {@link #writeCheck} require of their output arrays.
   */
  public static final int MAX_MESSAGE_LENGTH = BindingRequester.MAX_REQUEST_LENGTH;

  private static final int ERRORS = 10;
  private static final long ERROR_PACE_NANOS = 200_000_000;
  private static final int FORGERIES = 20;
  private static final long FORGERY_PACE_NANOS = 50_000_000;

  private final IceContext context;
  private final Generations<P> generations;
  private final TokenBucket errors = new TokenBucket(ERRORS, ERROR_PACE_NANOS);
  private final TokenBucket forgeries = new TokenBucket(FORGERIES, FORGERY_PACE_NANOS);
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
    this.tieBreaker = context.random.nextLong();
    this.connectDeadline = now + context.connectTimeoutNanos;
  }

  /**
   * Handles one STUN datagram. Ask {@link #dueCheck} afterwards.
   *
   * @param now the time in nanoseconds
   * @param datagram holds the datagram, not modified
   * @param offset of its first byte
   * @param length of it in bytes
   * @param path by which it came
   * @param remote the address it came from, resolved
   * @param out receives a response at index 0; another array than datagram, of at least {@link
   *     #MAX_MESSAGE_LENGTH} bytes
   * @return the length of the response to send back by that path, or 0 for none
   */
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
    StunMessage message = context.message;
    if (!message.parse(datagram, offset, length)) {
      context.count(IceCounter.MALFORMED);
      return 0;
    }
    if (message.messageType() == Stun.BINDING_REQUEST) {
      context.count(IceCounter.REQUESTS);
      return answer(now, message, path, remote, out);
    }
    context.count(counterOf(message.messageType()));
    if (message.messageType() == Stun.BINDING_SUCCESS && generations.answered(now, message, path)) {
      context.count(IceCounter.CHECKS_ANSWERED);
    }
    return 0;
  }

  private int answer(long now, StunMessage request, P path, InetSocketAddress remote, byte[] out) {
    if (!request.hasUsername() || !request.hasIntegrity()) {
      return refuse(now, request, StunError.BAD_REQUEST, null, out);
    }
    Generation<P> generation = generations.addressedBy(request);
    if (generation == null) {
      return refuse(now, request, StunError.UNAUTHENTICATED, null, out);
    }
    boolean known = generations.knows(path);
    if (!known && forgeries.isEmpty(now)) {
      context.count(IceCounter.UNVERIFIED);
      return 0;
    }
    if (!context.authenticator.verify(request, generation.local)) {
      if (!known) {
        forgeries.take(now);
      }
      return refuse(now, request, StunError.UNAUTHENTICATED, null, out);
    }
    if (request.unknownAttributeCount() > 0) {
      return refuse(now, request, StunError.UNKNOWN_ATTRIBUTE, generation.local, out);
    }
    if (request.isControlled()) {
      return refuse(now, request, StunError.ROLE_CONFLICT, generation.local, out);
    }
    int responseLength = context.responder.success(request, remote, generation.local, out);
    generations.checked(now, generation, request, path);
    return responseLength;
  }

  private int refuse(
      long now,
      StunMessage request,
      StunError error,
      @Nullable IceCredentials credentials,
      byte[] out) {
    context.count(error.counter);
    if (!errors.take(now) || !context.errors.take(now)) {
      context.count(IceCounter.ERRORS_WITHHELD);
      return 0;
    }
    return context.responder.error(request, error, credentials, out);
  }

  private static IceCounter counterOf(int messageType) {
    if (messageType == Stun.BINDING_INDICATION) {
      return IceCounter.INDICATIONS;
    }
    return Stun.isResponse(messageType) ? IceCounter.RESPONSES : IceCounter.UNSUPPORTED;
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

  /**
   * Has the agent select nothing but proved paths from now on; call it when there is something to
   * send that nobody else shall be made to receive. A selected pair that is not the proved one is
   * left at once, and selected again when it has answered a check of ours. If none is selected
   * then, the connect timeout starts anew.
   *
   * @param now the time in nanoseconds
   * @param proved a path by which the peer is known to receive, by what it sent back: it is
   *     selected if it is one of a valid pair; null if there is none
   */
  public void requireProof(long now, @Nullable P proved) {
    if (generations.requireProof(now, proved)) {
      connectDeadline = now + context.connectTimeoutNanos;
    }
  }

  /**
   * Has a path checked without need to select it, where there is much to send by it: {@link
   * #isProved} when it answers. Nothing happens for one that has not answered before.
   *
   * @param now the time in nanoseconds
   * @param path of a valid pair; else nothing happens
   */
  public void seekProof(long now, P path) {
    generations.seekProof(now, path);
  }

  /**
   * Whether the peer receives by a path: it has answered a check of ours there.
   *
   * @param path any
   * @return true if it is that of a valid pair of the newest generation, and proved
   */
  public boolean isProved(P path) {
    return generations.isProved(path);
  }

  /**
   * Where a check of our own is to be sent now, by {@link #writeCheck}. Ask after {@link #handle},
   * {@link #requireProof}, {@link #seekProof} and {@link #handleTimeout}, until it is null.
   *
   * @param now the time in nanoseconds
   * @return the path of a valid pair, or null while no check is due
   */
  public @Nullable P dueCheck(long now) {
    Generation<P> generation = generations.dueForCheck(now);
    CandidatePair<P> pair = generation == null ? null : generation.dueForCheck(now);
    return pair == null ? null : pair.path;
  }

  /**
   * Writes the check that is due.
   *
   * @param now the time in nanoseconds
   * @param out receives the check at index 0; at least {@link #MAX_MESSAGE_LENGTH} bytes
   * @return its length, to be sent by the path that {@link #dueCheck} says; 0 if none is due
   */
  public int writeCheck(long now, byte[] out) {
    Generation<P> generation = generations.dueForCheck(now);
    CandidatePair<P> pair = generation == null ? null : generation.dueForCheck(now);
    PathCheck check = pair == null ? null : pair.check();
    if (generation == null || check == null) {
      return 0;
    }
    check.sent(now);
    context.count(IceCounter.CHECKS_SENT);
    return context.requester.request(generation, check, tieBreaker, out);
  }

  /**
   * By which path to send.
   *
   * @return that of the selected pair, or null while there is none
   */
  public @Nullable P selected() {
    return generations.selected();
  }

  /**
   * Whether an authenticated check has come by this path and the pair is still kept: DTLS and media
   * that come by it are the peer's, even before it has nominated.
   *
   * @param path any
   * @return true if it is that of a valid pair
   */
  public boolean knows(P path) {
    return generations.knows(path);
  }

  /**
   * A path is no more: its connection was closed. When it was selected another valid pair is turned
   * to, or for as long as to connect the peer may come back by a new path. Ask {@link #dueCheck}
   * afterwards.
   *
   * @param now the time in nanoseconds
   * @param path any; nothing happens for one that is not known
   */
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

  /**
   * When {@link #handleTimeout}, {@link #dueCheck} and {@link #isExpired} may next have something
   * to say. A check moves it, mostly to later: ask again when it has come.
   *
   * @return a time in nanoseconds
   */
  public long nextTimeout() {
    return generations.nextTimeout(connectDeadline);
  }

  /**
   * Leaves a selected pair that is silent for another valid pair, or, during a restart, lets go of
   * an old generation without consent. Call it at {@link #nextTimeout}; calling it early does no
   * harm.
   *
   * @param now the time in nanoseconds
   */
  public void handleTimeout(long now) {
    if (generations.handleTimeout(now)) {
      connectDeadline = now + context.connectTimeoutNanos;
    }
  }

  /**
   * Whether the session is over: no pair has consent, and there is no time left to connect anew.
   * While {@link #selected} is null it has failed to connect, else consent was lost.
   *
   * @param now the time in nanoseconds
   * @return true from the timeout on
   */
  public boolean isExpired(long now) {
    boolean unselected = generations.selectedPair() == null;
    boolean waiting = unselected || generations.isRestarting();
    if (now - connectDeadline < 0 && waiting) {
      return unselected && generations.isSilent(now);
    }
    return unselected || generations.isSilent(now);
  }

  /** Reports all routes as gone. A datagram that still comes is ignored. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      generations.close();
    }
  }
}
