package dev.sluice.ice;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The lite, controlled side of ICE for one session and one component (RFC 8445, RFC 7675).
 *
 * <p><b>Checks.</b> {@link #handle} answers Binding requests. A request that is not authenticated
 * by the local credentials is answered as RFC 8489 section 9.1.3 says (400, 401) and changes
 * nothing but a counter, as does one that is answered with 420 or 487. Any other one makes its
 * source address a valid pair; at most 16 are kept for a generation, and a further one takes the
 * place of the pair that was checked longest ago, never of the selected one.
 *
 * <p><b>Selection.</b> The first nomination selects, or {@link #selectFirst} before it, which any
 * nomination of another pair overrides. Later the newest nomination wins, except that a peer which
 * nominates aggressively, that is with the first check of a pair already, is only followed to a
 * pair of higher or equal priority, unless the selected pair has been silent for half of the
 * consent timeout.
 *
 * <p><b>Consent.</b> Each authenticated check from a pair renews the consent to send to it. When
 * that of the selected pair ends, {@link #handleTimeout} selects the pair that was checked last, if
 * that one has consent. Otherwise {@link #isExpired} is true: stop sending and end the session. A
 * check that comes later, while the agent still stands, renews it.
 *
 * <p><b>Restart.</b> After {@link #restart} checks with the old credentials are still answered and
 * keep the old selected pair, until a pair of the new generation is nominated or the old one's
 * consent ends.
 *
 * <p>Time is {@code now} in nanoseconds of one monotonic clock. Not thread-safe; a listener must
 * not call back into a method that changes the agent.
 */
public final class IceLiteAgent implements AutoCloseable {
  /** The size in bytes that {@link #handle} requires of its output array. */
  public static final int MAX_RESPONSE_LENGTH = BindingResponder.MAX_RESPONSE_LENGTH;

  private final IceContext context;
  private final Generations generations;

  private long connectDeadline;
  private boolean closed;

  /**
   * Starts to wait for checks.
   *
   * @param context of the event loop that calls this agent
   * @param local credentials that the peer was or will be told
   * @param listener hears of routes and of the selected pair
   * @param now the time in nanoseconds, from which the connect timeout counts
   */
  public IceLiteAgent(IceContext context, IceCredentials local, IceListener listener, long now) {
    this.context = context;
    this.generations = new Generations(context, listener, local);
    this.connectDeadline = now + context.connectTimeoutNanos;
  }

  /**
   * Handles one STUN datagram.
   *
   * @param now the time in nanoseconds
   * @param datagram holds the datagram, not modified
   * @param offset of its first byte
   * @param length of it in bytes
   * @param remote the address it came from, resolved
   * @param out receives a response at index 0; another array than datagram, of at least {@link
   *     #MAX_RESPONSE_LENGTH} bytes
   * @return the length of the response to send to remote from the address that received the
   *     datagram, or 0 for none
   */
  public int handle(
      long now, byte[] datagram, int offset, int length, InetSocketAddress remote, byte[] out) {
    if (out.length < MAX_RESPONSE_LENGTH || remote.isUnresolved()) {
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
      return answer(now, message, remote, out);
    }
    context.count(counterOf(message.messageType()));
    return 0;
  }

  private int answer(long now, StunMessage request, InetSocketAddress remote, byte[] out) {
    if (!request.hasUsername() || !request.hasIntegrity()) {
      return refuse(request, StunError.BAD_REQUEST, null, out);
    }
    Generation generation = generations.addressedBy(request);
    if (generation == null || !context.authenticator.verify(request, generation.credentials)) {
      return refuse(request, StunError.UNAUTHENTICATED, null, out);
    }
    if (request.unknownAttributeCount() > 0) {
      return refuse(request, StunError.UNKNOWN_ATTRIBUTE, generation.credentials, out);
    }
    if (request.isControlled()) {
      return refuse(request, StunError.ROLE_CONFLICT, generation.credentials, out);
    }
    int responseLength = context.responder.success(request, remote, generation.credentials, out);
    generations.checked(now, generation, request, remote);
    return responseLength;
  }

  private int refuse(
      StunMessage request, StunError error, @Nullable IceCredentials credentials, byte[] out) {
    context.count(error.counter);
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
   * selected pair stays in use until the new generation nominates or the old consent ends; without
   * a selected pair the old credentials are retired at once.
   *
   * @param now the time in nanoseconds
   * @param newLocal the credentials that the peer is told, different from those in use
   */
  public void restart(long now, IceCredentials newLocal) {
    generations.restart(newLocal);
    connectDeadline = now + context.connectTimeoutNanos;
    context.count(IceCounter.RESTARTS);
  }

  /**
   * Takes note of a signalled remote candidate or of the end of candidates. A lite agent has no use
   * for either beyond counting them.
   *
   * @param line as in SDP, with or without {@code a=}, or as a browser's candidate string
   * @return what it was
   */
  public RemoteCandidate addRemoteCandidate(String line) {
    RemoteCandidate candidate = RemoteCandidate.of(line);
    switch (candidate) {
      case USABLE:
        context.count(IceCounter.REMOTE_CANDIDATES);
        break;
      case IGNORED:
        context.count(IceCounter.REMOTE_CANDIDATES_IGNORED);
        break;
      case MALFORMED:
        context.count(IceCounter.REMOTE_CANDIDATES_MALFORMED);
        break;
      case END_OF_CANDIDATES:
        break;
    }
    return candidate;
  }

  /**
   * Selects a valid pair that the peer has begun to use before it nominated any: data may flow on
   * it (RFC 8445 section 12.1), under the consent that its checks give. Without effect on an
   * address that is not known, or when a pair is selected already.
   *
   * @param remote the remote address of a valid pair
   */
  public void selectFirst(InetSocketAddress remote) {
    generations.selectFirst(remote);
  }

  /**
   * Where to send to.
   *
   * @return the remote address of the selected pair, or null while there is none
   */
  public @Nullable InetSocketAddress selected() {
    CandidatePair pair = generations.selectedPair();
    return pair == null ? null : pair.remote;
  }

  /**
   * Whether an authenticated check has come from this address and the pair is still kept: DTLS and
   * media from there are the peer's, even before it has nominated.
   *
   * @param remote a transport address
   * @return true if it is the remote address of a valid pair
   */
  public boolean knows(InetSocketAddress remote) {
    return generations.knows(remote);
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
   * When {@link #handleTimeout} and {@link #isExpired} may next have something to say. A check
   * moves it, mostly to later: ask again when it has come.
   *
   * @return end of the selected pair's consent, or end of the connect timeout while there is none
   */
  public long nextTimeout() {
    CandidatePair pair = generations.selectedPair();
    return pair == null ? connectDeadline : pair.lastCheck() + context.consentTimeoutNanos;
  }

  /**
   * Leaves a selected pair whose consent has ended for another valid pair, or, during a restart,
   * lets go of an old generation without consent. Call it at {@link #nextTimeout}; calling it early
   * does no harm.
   *
   * @param now the time in nanoseconds
   */
  public void handleTimeout(long now) {
    generations.expireSelected(now);
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
    if ((unselected || generations.isRestarting()) && now - connectDeadline < 0) {
      return false;
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
