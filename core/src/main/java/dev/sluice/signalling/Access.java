package dev.sluice.signalling;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What an authorizer decides about.
 *
 * @param stream the name of the stream, in the spelling of {@link dev.sluice.StreamName}
 * @param token the bearer token of the request (RFC 6750 section 2.1), or null without one; a
 *     secret
 * @param remoteAddress where the request came from, as far as it is known: that which a proxy
 *     forwarded, if {@link SignallingOptions.Builder#trustForwarded} is on
 * @param request all of the request
 */
public record Access(
    String stream,
    @Nullable String token,
    @Nullable InetSocketAddress remoteAddress,
    SignallingRequest request) {

  /** Leaves out all that may hold a secret. */
  @Override
  public String toString() {
    return "Access[" + request.method() + ", " + stream + ", " + remoteAddress + ']';
  }
}
