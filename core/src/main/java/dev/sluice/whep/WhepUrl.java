package dev.sluice.whep;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** URLs of WHEP endpoints and of their sessions. */
final class WhepUrl {
  private static final int MAX_PORT = 65_535;

  private WhepUrl() {}

  /** Reads an absolute URL; returns null when it is none of HTTP. */
  static @Nullable URI parse(String text) {
    return checked(uri(text));
  }

  /**
   * Reads what a Location header field leads to (RFC 9110 section 10.2.2).
   *
   * @param base of the request
   * @param location null where there is none
   * @return null when it leads nowhere, or from TLS to clear text
   */
  static @Nullable URI resolve(URI base, @Nullable String location) {
    URI relative = location == null ? null : uri(location);
    URI target = relative == null ? null : checked(base.resolve(relative));
    return target != null && isSecure(base) && !isSecure(target) ? null : target;
  }

  private static @Nullable URI uri(String text) {
    try {
      return URI.create(text.strip());
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  private static @Nullable URI checked(@Nullable URI uri) {
    boolean http =
        uri != null
            && uri.getHost() != null
            && uri.getPort() != 0
            && uri.getPort() <= MAX_PORT
            && uri.getRawUserInfo() == null
            && (isSecure(uri) || "http".equalsIgnoreCase(uri.getScheme()));
    return http ? uri : null;
  }

  private static boolean isSecure(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  /** Whether both are on one host, by whatever ports. */
  static boolean isSameHost(URI a, URI b) {
    return a.getHost().equalsIgnoreCase(b.getHost());
  }

  /** Whether both are of one origin (RFC 6454 section 5). */
  static boolean isSameOrigin(URI a, URI b) {
    return a.getScheme().equalsIgnoreCase(b.getScheme()) && isSameHost(a, b) && port(a) == port(b);
  }

  /** Leaves out all that may hold a secret. */
  static String shown(URI uri) {
    return uri.getHost() + ":" + port(uri);
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : isSecure(uri) ? 443 : 80;
  }
}
