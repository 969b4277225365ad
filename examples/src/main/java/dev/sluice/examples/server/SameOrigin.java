package dev.sluice.examples.server;

import dev.sluice.ice.IpLiteral;
import java.net.URI;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request may come from this server's own page, or from a program that is no browser.
 * Pages of other origins are refused, also those whose name was made to lead here (DNS rebinding):
 * the host has to be an IP address or {@code localhost}.
 */
final class SameOrigin {
  private SameOrigin() {}

  static boolean allows(Request request) {
    return allows(
        request.getHeaders().get(HttpHeader.HOST), request.getHeaders().get(HttpHeader.ORIGIN));
  }

  static boolean allows(@Nullable String host, @Nullable String origin) {
    return host != null
        && isAddress(host.replaceFirst(":\\d*$", ""))
        && (origin == null || host.equalsIgnoreCase(authority(origin)));
  }

  private static boolean isAddress(String host) {
    return host.equalsIgnoreCase("localhost")
        || IpLiteral.parse(host.replaceFirst("^\\[(.*)]$", "$1")) != null;
  }

  private static @Nullable String authority(String origin) {
    try {
      return URI.create(origin).getAuthority();
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }
}
