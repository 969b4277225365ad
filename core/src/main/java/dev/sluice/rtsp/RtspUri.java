package dev.sluice.rtsp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a request URI that matter here: {@code rtsp://authority/path?query} (RFC 2326,
 * section 3.2). The authority is not looked at: a server is known by more names than it knows.
 *
 * @param path what stands between the authority and the query: percent-encoding decoded once as
 *     UTF-8, in normalization form C, without slashes at either end or side by side. What is not
 *     UTF-8 becomes U+FFFD
 * @param query what follows the first question mark, or empty; may hold a secret
 */
record RtspUri(String path, String query) {

  private static final String[] SCHEMES = {"rtsp://", "rtsps://", "rtspu://"};

  /**
   * Reads an absolute URI, or the path of one.
   *
   * @return null when it is neither
   */
  static @Nullable RtspUri parse(String uri) {
    if (uri.startsWith("/")) {
      return parsePath(uri, 0);
    }
    int authority = authorityIndex(uri);
    if (authority < 0) {
      return null;
    }
    int pathStart = authority;
    while (pathStart < uri.length() && "/?".indexOf(uri.charAt(pathStart)) < 0) {
      pathStart++;
    }
    return pathStart == authority ? null : parsePath(uri, pathStart);
  }

  private static RtspUri parsePath(String uri, int start) {
    int question = uri.indexOf('?', start);
    String path = uri.substring(start, question < 0 ? uri.length() : question);
    return new RtspUri(plain(path), question < 0 ? "" : uri.substring(question + 1));
  }

  /**
   * What a parameter of the query is set to, decoded like the path.
   *
   * @return null where it is not there; of several the first
   */
  @Nullable String parameter(String name) {
    for (String parameter : query.split("&")) {
      if (parameter.startsWith(name + "=")) {
        return plain(parameter.substring(name.length() + 1));
      }
    }
    return null;
  }

  /**
   * Whether this URI names what a control attribute of the session description names, resolved
   * against the URI of the announcement (RFC 2326, appendix C.1.1). Clients put the control behind
   * the path or, wrongly but often, behind the query.
   */
  boolean isControl(RtspUri base, String control) {
    RtspUri absolute = parse(control);
    if (absolute != null && path.equals(absolute.path)) {
      return true;
    }
    if (authorityIndex(control) >= 0) {
      return false;
    }
    String relative = plain(control);
    if (relative.isEmpty() || relative.equals("*")) {
      return path.equals(base.path);
    }
    String resolved = base.path + "/" + relative;
    if (relative.indexOf('?') >= 0) {
      return (path + "?" + query).equals(resolved);
    }
    return path.equals(resolved)
        || path.equals(base.path)
            && query.startsWith(base.query + "/")
            && plain(query.substring(base.query.length())).equals(relative);
  }

  private static int authorityIndex(String uri) {
    for (String scheme : SCHEMES) {
      if (uri.regionMatches(true, 0, scheme, 0, scheme.length())) {
        return scheme.length();
      }
    }
    return -1;
  }

  private static String plain(String path) {
    String decoded = Normalizer.normalize(decode(path), Normalizer.Form.NFC);
    return decoded.replaceAll("/++", "/").replaceAll("^/|/$", "");
  }

  private static String decode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int octet = bytes[i] == '%' ? octet(bytes, i + 1) : -1;
      decoded.write(octet < 0 ? bytes[i] : octet);
      i += octet < 0 ? 0 : 2;
    }
    return decoded.toString(StandardCharsets.UTF_8);
  }

  /** the octet that two hexadecimal digits stand for, negative when they are none */
  private static int octet(byte[] bytes, int at) {
    return at + 1 < bytes.length
        ? Character.digit(bytes[at], 16) << 4 | Character.digit(bytes[at + 1], 16)
        : -1;
  }

  @Override
  public String toString() {
    return "/" + path;
  }
}
