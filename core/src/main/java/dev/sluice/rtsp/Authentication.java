package dev.sluice.rtsp;

import static dev.sluice.rtsp.HeaderNames.AUTHORIZATION;
import static dev.sluice.rtsp.HeaderNames.WWW_AUTHENTICATE;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.rtsp.RtspResponseStatuses;
import java.net.InetAddress;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks peers who they are, by the schemes that the host allows, and reads what they answer. Safe
 * for any thread.
 */
final class Authentication {
  private static final String REALM = "sluice";

  private final Set<AuthenticationScheme> schemes;
  private final DigestNonces nonces;
  private final LongSupplier clock;

  Authentication(Set<AuthenticationScheme> schemes, DigestNonces nonces, LongSupplier clock) {
    this.schemes = schemes;
    this.nonces = nonces;
    this.clock = clock;
  }

  /** the credentials of a request, or null when there are none that answer a challenge of ours */
  @Nullable Credentials credentials(RtspRequest request, InetAddress peer) {
    String header = request.header(AUTHORIZATION);
    DigestCredentials digest = DigestCredentials.parse(header, request.method());
    if (digest != null) {
      boolean valid =
          schemes.contains(digest.scheme())
              && digest.realm().equals(REALM)
              && isFor(digest.uri(), request.uri())
              && judge(digest, peer) == DigestNonces.Verdict.FRESH;
      return valid ? digest : null;
    }
    return schemes.contains(AuthenticationScheme.BASIC) ? BasicCredentials.parse(header) : null;
  }

  private DigestNonces.Verdict judge(DigestCredentials digest, InetAddress peer) {
    return nonces.judge(digest.nonce(), peer, clock.getAsLong());
  }

  private static boolean isFor(String digestUri, String requestUri) {
    RtspUri named = RtspUri.parse(digestUri);
    return digestUri.equals(requestUri) || named != null && named.equals(RtspUri.parse(requestUri));
  }

  /** Challenges a peer; the nonce of its answer may only have been too old. */
  FullHttpResponse challenge(RtspRequest request, InetAddress peer) {
    DigestCredentials digest =
        DigestCredentials.parse(request.header(AUTHORIZATION), request.method());
    boolean stale = digest != null && judge(digest, peer) == DigestNonces.Verdict.STALE;
    String nonce = nonces.make(peer, clock.getAsLong());
    FullHttpResponse response = RtspResponses.of(RtspResponseStatuses.UNAUTHORIZED);
    for (AuthenticationScheme scheme : schemes) {
      response.headers().add(WWW_AUTHENTICATE, challenge(scheme, nonce, stale));
    }
    return response;
  }

  private static String challenge(AuthenticationScheme scheme, String nonce, boolean stale) {
    return scheme == AuthenticationScheme.BASIC
        ? "Basic realm=\"" + REALM + "\", charset=\"UTF-8\""
        : "Digest realm=\"%s\", nonce=\"%s\", algorithm=%s%s"
            .formatted(REALM, nonce, scheme.algorithm(), stale ? ", stale=true" : "");
  }
}
