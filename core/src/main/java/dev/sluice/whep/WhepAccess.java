package dev.sluice.whep;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What an authorizer decides about.
 *
 * @param stream the name of the stream, in the spelling of {@link dev.sluice.StreamName}
 * @param token the bearer token of the request (RFC 6750 section 2.1), or null without one; a
 *     secret
 * @param remoteAddress where the request came from, as far as it is known: that which a proxy
 *     forwarded, if {@link WhepOptions.Builder#trustForwarded} is on
 * @param request all of the request
 */
public record WhepAccess(
    String stream,
    @Nullable String token,
    @Nullable InetSocketAddress remoteAddress,
    WhepRequest request) {

  /** Leaves out all that may hold a secret. */
  @Override
  public String toString() {
    return "WhepAccess[" + request.method() + ", " + stream + ", " + remoteAddress + ']';
  }
}
