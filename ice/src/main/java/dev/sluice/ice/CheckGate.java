package dev.sluice.ice;

import org.jspecify.annotations.Nullable;

/**
 * Which Binding requests an agent takes for checks of its peer. Others are refused as RFC 8489
 * section 9.1.3 says, as long as there are not too many of them.
 */
final class CheckGate {
  static final int PASSED = -1;

  private static final int ERRORS = 10;
  private static final long ERROR_PACE_NANOS = 200_000_000;
  private static final int FORGERIES = 20;
  private static final long FORGERY_PACE_NANOS = 50_000_000;

  private final IceContext context;
  private final TokenBucket errors = new TokenBucket(ERRORS, ERROR_PACE_NANOS);
  private final TokenBucket forgeries = new TokenBucket(FORGERIES, FORGERY_PACE_NANOS);

  CheckGate(IceContext context) {
    this.context = context;
  }

  /**
   * Looks at a request.
   *
   * @param local the credentials that it is addressed to, null if they are not ours
   * @param known whether it comes from an address of the peer
   * @return {@link #PASSED}, or the length of what to answer instead, 0 for nothing
   */
  int pass(
      long now, StunMessage request, @Nullable IceCredentials local, boolean known, byte[] out) {
    if (!request.hasUsername() || !request.hasIntegrity()) {
      return refuse(now, request, StunError.BAD_REQUEST, null, out);
    }
    if (local == null) {
      return refuse(now, request, StunError.UNAUTHENTICATED, null, out);
    }
    if (!known && forgeries.isEmpty(now)) {
      context.count(IceCounter.UNVERIFIED);
      return 0;
    }
    if (!context.authenticator.verify(request, local)) {
      if (!known) {
        forgeries.take(now);
      }
      return refuse(now, request, StunError.UNAUTHENTICATED, null, out);
    }
    return request.unknownAttributeCount() > 0
        ? refuse(now, request, StunError.UNKNOWN_ATTRIBUTE, local, out)
        : PASSED;
  }

  /** Writes an error, unless there were too many; returns its length or 0. */
  int refuse(
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
}
