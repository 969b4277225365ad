package dev.sluice.rtsp;

import org.jspecify.annotations.Nullable;

/**
 * The parts of a request URI that matter here: {@code rtsp://authority/path?query} (RFC 2326,
 * section 3.2). The authority is not looked at: a server is known by more names than it knows.
 *
 * @param path what stands between the authority and the query, without slashes at either end
 * @param query what follows the first question mark, or empty; may hold a secret
 */
record RtspUri(String path, String query) {

  private static final String[] SCHEMES = {"rtsp://", "rtsps://", "rtspu://"};

  /**
   * Reads an absolute URI.
   *
   * @return null when it is none of this scheme
   */
  static @Nullable RtspUri parse(String uri) {
    int authority = authorityIndex(uri);
    if (authority < 0) {
      return null;
    }
    int question = uri.indexOf('?', authority);
    int pathEnd = question < 0 ? uri.length() : question;
    int slash = uri.indexOf('/', authority);
    int pathStart = slash < 0 || slash > pathEnd ? pathEnd : slash;
    if (pathStart == authority) {
      return null;
    }
    String query = question < 0 ? "" : uri.substring(question + 1);
    return new RtspUri(withoutOuterSlashes(uri.substring(pathStart, pathEnd)), query);
  }

  /**
   * Whether this URI names what a control attribute of the session description names, resolved
   * against the URI of the announcement (RFC 2326, appendix C.1.1). Clients put the control behind
   * the path or, wrongly but often, behind the query.
   */
  boolean isControl(RtspUri base, String control) {
    RtspUri absolute = parse(control);
    if (absolute != null) {
      return path.equals(absolute.path);
    }
    String relative = withoutOuterSlashes(control);
    if (relative.isEmpty() || relative.equals("*")) {
      return path.equals(base.path);
    }
    String resolved = base.path + "/" + relative;
    if (relative.indexOf('?') >= 0) {
      return (path + "?" + query).equals(resolved);
    }
    return path.equals(resolved)
        || path.equals(base.path) && query.equals(base.query + "/" + relative);
  }

  private static int authorityIndex(String uri) {
    for (String scheme : SCHEMES) {
      if (uri.regionMatches(true, 0, scheme, 0, scheme.length())) {
        return scheme.length();
      }
    }
    return -1;
  }

  private static String withoutOuterSlashes(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && text.charAt(start) == '/') {
      start++;
    }
    while (end > start && text.charAt(end - 1) == '/') {
      end--;
    }
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return "/" + path;
  }
}
