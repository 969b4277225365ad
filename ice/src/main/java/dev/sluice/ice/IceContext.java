package dev.sluice.ice;

/**
 * What all agents of one event loop share: timeouts, counters and the scratch state of the codec,
 * so that an agent itself stays small. Not thread-safe.
 */
public final class IceContext {
  /** Silence after which RFC 7675 section 5.1 deems consent revoked, in nanoseconds: 30 s. */
  public static final long DEFAULT_CONSENT_TIMEOUT_NANOS = 30_000_000_000L;

  final StunMessage message = new StunMessage();
  final StunAuthenticator authenticator = new StunAuthenticator();
  final BindingResponder responder = new BindingResponder(authenticator);
  final long connectTimeoutNanos;
  final long consentTimeoutNanos;

  private final IceCounters counters = new IceCounters();

  /**
   * Creates what a loop's agents share.
   *
   * @param connectTimeoutNanos how long a new agent, or one after a restart, waits for a nomination
   * @param consentTimeoutNanos how long a selected pair may be without an authenticated check
   * @throws IllegalArgumentException if one of them is not positive
   */
  public IceContext(long connectTimeoutNanos, long consentTimeoutNanos) {
    if (connectTimeoutNanos <= 0 || consentTimeoutNanos <= 0) {
      throw new IllegalArgumentException("timeouts must be positive");
    }
    this.connectTimeoutNanos = connectTimeoutNanos;
    this.consentTimeoutNanos = consentTimeoutNanos;
  }

  /**
   * The counts of all agents that share this context.
   *
   * @return a live view
   */
  public IceCounters counters() {
    return counters;
  }

  void count(IceCounter counter) {
    counters.increment(counter);
  }
}
