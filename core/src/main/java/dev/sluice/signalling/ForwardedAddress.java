package dev.sluice.signalling;

import dev.sluice.ice.IpLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The client's address as the nearest proxy says it, in Forwarded (RFC 7239) or X-Forwarded-For.
 */
final class ForwardedAddress {

  private static final Pattern FOR =
      Pattern.compile("(?:^|;)\\s*for\\s*=\\s*\"?([^\";,]+)", Pattern.CASE_INSENSITIVE);

  /** an IPv6 address in brackets or an IPv4 one, with or without a port; or an IPv6 address */
  private static final Pattern NODE =
      Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([0-9.]+))(?::([0-9]{1,5}))?|([0-9a-fA-F:.]+)");

  private static final int MAX_PORT = 65_535;

  private ForwardedAddress() {}

  /**
   * Returns the address that the last proxy added, which is the one that is trusted, or null when
   * it added none. A port that is not said is 0.
   */
  static @Nullable InetSocketAddress of(SignallingRequest request) {
    Matcher forwarded = FOR.matcher(last(request.header("Forwarded")));
    return parse(
        forwarded.find() ? forwarded.group(1).strip() : last(request.header("X-Forwarded-For")));
  }

  private static String last(String list) {
    return list.substring(list.lastIndexOf(',') + 1).strip();
  }

  private static @Nullable InetSocketAddress parse(String node) {
    Matcher matcher = NODE.matcher(node);
    if (!matcher.matches()) {
      return null;
    }
    InetAddress address = null;
    for (int group : new int[] {1, 2, 4}) {
      String literal = matcher.group(group);
      if (literal != null) {
        address = IpLiteral.parse(literal);
      }
    }
    int port = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
    return address == null || port > MAX_PORT ? null : new InetSocketAddress(address, port);
  }
}
