package dev.sluice.ice;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What all agents of one event loop share: timeouts, counters and the scratch state of the codec,
 * so that an agent itself stays small. Not thread-safe.
 */
public final class IceContext {
  /** Silence after which RFC 7675 section 5.1 deems consent revoked, in nanoseconds: 30 s. */
  public static final long DEFAULT_CONSENT_TIMEOUT_NANOS = 30_000_000_000L;

  // A peer with consent to renew checks every 4 to 6 s (RFC 7675 section 5.1).
  private static final long LONGEST_CHECK_INTERVAL_NANOS = 6_000_000_000L;
  private static final int ERRORS = 200;
  private static final long ERROR_PACE_NANOS = 10_000_000;

  private final StunMessage message = new StunMessage();
  final StunAuthenticator authenticator = new StunAuthenticator();
  final BindingResponder responder = new BindingResponder(authenticator);
  final BindingRequester requester = new BindingRequester(authenticator);
  final TokenBucket errors = new TokenBucket(ERRORS, ERROR_PACE_NANOS);
  final RandomGenerator random;
  final long connectTimeoutNanos;
  final long consentTimeoutNanos;
  // Silence of the selected pair after which another one that is checked is tried.
  final long patienceNanos;

  private final IceCounters counters = new IceCounters();

  /**
   * Creates what a loop's agents share.
   *
   * @param connectTimeoutNanos how long a new agent, or one after a restart, waits for a nomination
   * @param consentTimeoutNanos how long a selected pair may be without an authenticated check
   * @param random gives transaction ids, which nobody must be able to guess; used by the loop only
   * @throws IllegalArgumentException if a timeout is not positive
   */
  public IceContext(long connectTimeoutNanos, long consentTimeoutNanos, RandomGenerator random) {
    if (connectTimeoutNanos <= 0 || consentTimeoutNanos <= 0) {
      throw new IllegalArgumentException("timeouts must be positive");
    }
    this.connectTimeoutNanos = connectTimeoutNanos;
    this.consentTimeoutNanos = consentTimeoutNanos;
    this.patienceNanos = Math.min(LONGEST_CHECK_INTERVAL_NANOS, consentTimeoutNanos / 2);
    this.random = random;
  }

  /**
   * The counts of all agents that share this context.
   *
   * @return a live view
   */
  public IceCounters counters() {
    return counters;
  }

  /** Reads a datagram and counts it; returns null if it is not well-formed. */
  @Nullable StunMessage read(byte[] datagram, int offset, int length) {
    if (!message.parse(datagram, offset, length)) {
      count(IceCounter.MALFORMED);
      return null;
    }
    count(counterOf(message.messageType()));
    return message;
  }

  private static IceCounter counterOf(int messageType) {
    if (messageType == Stun.BINDING_REQUEST) {
      return IceCounter.REQUESTS;
    }
    if (messageType == Stun.BINDING_INDICATION) {
      return IceCounter.INDICATIONS;
    }
    return Stun.isResponse(messageType) ? IceCounter.RESPONSES : IceCounter.UNSUPPORTED;
  }

  void count(IceCounter counter) {
    counters.increment(counter);
  }
}
