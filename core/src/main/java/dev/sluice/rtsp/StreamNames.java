package dev.sluice.rtsp;

/**
 * Which paths name a stream: up to 8 segments of letters, digits and {@code - . _ ~}, none of them
 * {@code .} or {@code ..}, together at most 128 characters. Percent-encoding is not decoded, so
 * that a name has one spelling only.
 */
final class StreamNames {
  static final int MAX_LENGTH = 128;
  static final int MAX_SEGMENTS = 8;

  private StreamNames() {}

  static boolean isValid(String path) {
    if (path.length() > MAX_LENGTH) {
      return false;
    }
    String[] segments = path.split("/", -1);
    if (segments.length > MAX_SEGMENTS) {
      return false;
    }
    for (String segment : segments) {
      if (segment.isEmpty()
          || segment.equals(".")
          || segment.equals("..")
          || !segment.chars().allMatch(StreamNames::isUnreserved)) {
        return false;
      }
    }
    return true;
  }

  /** unreserved characters of RFC 3986, section 2.3 */
  private static boolean isUnreserved(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }
}
