package dev.sluice.rtsp;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may publish; written by the host.
 *
 * <p>Security: the server's default accepts everybody who can reach its port, and a new publisher
 * of a stream's name takes over from the present one. RTSP here is neither encrypted nor protected
 * against change: Basic credentials, the query and the media itself can be read and altered by
 * whoever is on the path. Listen on a loopback address or a trusted network, or put a tunnel in
 * front. Media over UDP is told from others' only by its source address, which can be forged where
 * the network lets it.
 */
@FunctionalInterface
public interface PublishAuthorizer {

  /**
   * Decides about one announcement. Called on an event loop: it must not block. Whatever it throws
   * counts as a refusal.
   *
   * @param request who wants to publish what
   * @return whether the peer may; if not, it is answered with 401, which asks for credentials, and
   *     its connection is closed when it was refused too often
   */
  boolean mayPublish(AccessRequest request);

  /**
   * Lets users publish any stream who know their password.
   *
   * @param passwordOf finds the password of a user, or null for an unknown one; called on event
   *     loops
   * @return an authorizer
   */
  static PublishAuthorizer passwords(Function<String, @Nullable String> passwordOf) {
    return request -> {
      String user = request.user();
      String password = user == null ? null : passwordOf.apply(user);
      return password != null && request.isPassword(password);
    };
  }
}
