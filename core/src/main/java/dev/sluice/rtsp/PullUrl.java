package dev.sluice.rtsp;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream is pulled from. The path is kept as it is written: cameras' paths hold characters
 * that no URI may, and are compared by servers to the letter.
 *
 * @param host name or address, without brackets
 * @param uri what requests name: the URL without user and password
 * @param userInfo who asks; null when the URL does not say
 */
record PullUrl(String host, int port, String uri, @Nullable UserInfo userInfo) {

  /** User name and password. */
  record UserInfo(String user, String password) {
    /** whether it can stand in a header */
    boolean isText() {
      return (user + password).chars().noneMatch(Character::isISOControl);
    }

    @Override
    public String toString() {
      return user;
    }
  }

  static final int DEFAULT_PORT = 554;

  private static final String SCHEME = "rtsp://";
  private static final Pattern AUTHORITY =
      Pattern.compile("(?:(.*)@)?(?:\\[([0-9A-Fa-f:.]+)]|([^:@\\[\\]]+))(?::([0-9]{1,5}))?");
  private static final int MAX_PORT = 65_535;

  /**
   * Reads an absolute URL.
   *
   * @return null when it is none of RTSP over TCP
   */
  static @Nullable PullUrl parse(String url) {
    if (!url.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        || url.chars().anyMatch(PullUrl::isForbidden)) {
      return null;
    }
    int end = SCHEME.length();
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    Matcher authority = AUTHORITY.matcher(url.substring(SCHEME.length(), end));
    return authority.matches() ? of(authority, url.substring(end)) : null;
  }

  private static @Nullable PullUrl of(Matcher authority, String rest) {
    boolean literal = authority.group(2) != null;
    String host = literal ? authority.group(2) : authority.group(3);
    int port = authority.group(4) == null ? DEFAULT_PORT : Integer.parseInt(authority.group(4));
    if (port == 0 || port > MAX_PORT) {
      return null;
    }
    UserInfo asking = userInfo(authority.group(1));
    if (asking != null && !asking.isText()) {
      return null;
    }
    String named = (literal ? "[" + host + "]" : host) + (port == DEFAULT_PORT ? "" : ":" + port);
    return new PullUrl(host, port, SCHEME + named + rest, asking);
  }

  private static @Nullable UserInfo userInfo(@Nullable String text) {
    if (text == null) {
      return null;
    }
    int colon = text.indexOf(':');
    return colon < 0
        ? new UserInfo(decode(text), "")
        : new UserInfo(decode(text.substring(0, colon)), decode(text.substring(colon + 1)));
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return text;
    }
  }

  /**
   * What a control attribute names (RFC 2326, appendix C.1.1): an absolute URL, or what is to be
   * put behind the base, as all servers expect it, also where the base has a query.
   */
  static String resolve(String base, @Nullable String attribute) {
    if (attribute == null || attribute.isEmpty() || attribute.equals("*")) {
      return base;
    }
    String control = encode(attribute);
    PullUrl absolute = parse(control);
    if (absolute != null) {
      return absolute.uri;
    }
    boolean joined = base.endsWith("/") || control.startsWith("?");
    String relative = control.startsWith("/") ? control.substring(1) : control;
    return joined ? base + relative : base + "/" + relative;
  }

  /** A space or a control character would end the URI of a request. */
  private static String encode(String control) {
    StringBuilder encoded = new StringBuilder();
    control
        .chars()
        .forEach(
            c -> encoded.append(isForbidden(c) ? "%" + hex((byte) c) : String.valueOf((char) c)));
    return encoded.toString();
  }

  private static String hex(byte octet) {
    return HexFormat.of().withUpperCase().toHexDigits(octet);
  }

  private static boolean isForbidden(int c) {
    return c <= ' ' || c == 0x7F;
  }

  /** Where a redirection leads to; user and password go along to the same host only. */
  @Nullable PullUrl redirected(String location) {
    PullUrl target = parse(location);
    return target == null || target.userInfo != null || !target.host.equalsIgnoreCase(host)
        ? target
        : new PullUrl(target.host, target.port, target.uri, userInfo);
  }

  /** Leaves out all that may hold a secret. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
