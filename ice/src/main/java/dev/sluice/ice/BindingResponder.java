package dev.sluice.ice;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Writes responses at the beginning of an array. A response to an authenticated request carries the
 * kind of integrity that authenticated the request (RFC 8489 section 9.1.3), one to an
 * unauthenticated request carries none; each ends with FINGERPRINT.
 */
final class BindingResponder {
  /** 420 with all unknown attributes that fit, MESSAGE-INTEGRITY-SHA256 and FINGERPRINT. */
  static final int MAX_RESPONSE_LENGTH = 128;

  private final StunAuthenticator authenticator;
  private final StunWriter writer = new StunWriter();

  BindingResponder(StunAuthenticator authenticator) {
    this.authenticator = authenticator;
  }

  int success(
      StunMessage request, InetSocketAddress remote, IceCredentials credentials, byte[] out) {
    writer.beginResponse(out, 0, Stun.BINDING_SUCCESS, request).xorMappedAddress(remote);
    return finish(request, credentials);
  }

  int error(
      StunMessage request, StunError error, @Nullable IceCredentials credentials, byte[] out) {
    writer.beginResponse(out, 0, Stun.BINDING_ERROR, request).errorCode(error.code, error.reason);
    if (error == StunError.UNKNOWN_ATTRIBUTE) {
      writer.unknownAttributes(request);
    }
    return finish(request, credentials);
  }

  private int finish(StunMessage request, @Nullable IceCredentials credentials) {
    if (credentials != null) {
      if (request.integritySha256() != 0) {
        writer.integritySha256(authenticator, credentials);
      } else {
        writer.integrity(authenticator, credentials);
      }
    }
    return writer.fingerprint().length();
  }
}
