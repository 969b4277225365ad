package dev.sluice.ice;

import java.net.InetAddress;

/** What a signalled line says of a remote candidate (RFC 8839 section 5.1). */
public enum RemoteCandidate {
  /** A UDP candidate of component 1 with an IP literal. */
  USABLE,
  /**
   * Well-formed but of no use to this agent: a host name ({@code .local} or other, never resolved),
   * TCP, another component, an address that cannot be a source.
   */
  IGNORED,
  /** Not a candidate line. */
  MALFORMED,
  /** {@code end-of-candidates}, or the empty string with which a browser says so. */
  END_OF_CANDIDATES;

  private static final int MAX_LENGTH = 1024;
  private static final String PREFIX = "candidate:";
  private static final int FOUNDATION = 0;
  private static final int COMPONENT = 1;
  private static final int TRANSPORT = 2;
  private static final int PRIORITY = 3;
  private static final int ADDRESS = 4;
  private static final int PORT = 5;
  private static final int TYP = 6;
  private static final int TYPE = 7;
  private static final int EXTENSIONS = 8;

  /**
   * Classifies a line.
   *
   * @param line as in SDP, with or without {@code a=}, or as a browser's candidate string
   * @return what it is
   */
  public static RemoteCandidate of(String line) {
    if (line.length() > MAX_LENGTH) {
      return MALFORMED;
    }
    String text = line.strip();
    if (text.startsWith("a=")) {
      text = text.substring(2);
    }
    if (text.isEmpty() || text.equals("end-of-candidates")) {
      return END_OF_CANDIDATES;
    }
    if (!text.startsWith(PREFIX)) {
      return MALFORMED;
    }
    String[] fields = text.substring(PREFIX.length()).split(" ", -1);
    if (!isWellFormed(fields)) {
      return MALFORMED;
    }
    return isUsable(fields) ? USABLE : IGNORED;
  }

  private static boolean isWellFormed(String[] fields) {
    for (String field : fields) {
      if (field.isEmpty()) {
        return false;
      }
    }
    return fields.length >= EXTENSIONS
        && fields.length % 2 == 0
        && IceCredentials.isIceString(fields[FOUNDATION], 1, 32)
        && isNumber(fields[COMPONENT], 1, 256)
        && isNumber(fields[PRIORITY], 1, Integer.MAX_VALUE)
        && isNumber(fields[PORT], 0, 65535)
        && fields[TYP].equals("typ")
        && isToken(fields[TYPE]);
  }

  private static boolean isUsable(String[] fields) {
    if (!fields[COMPONENT].equals("1")
        || !fields[TRANSPORT].equalsIgnoreCase("udp")
        || fields[PORT].equals("0")) {
      return false;
    }
    InetAddress address = IpLiteral.parse(fields[ADDRESS]);
    return address != null && !address.isAnyLocalAddress() && !address.isMulticastAddress();
  }

  private static boolean isNumber(String text, long min, long max) {
    if (text.length() > 10) {
      return false;
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
      value = 10 * value + c - '0';
    }
    return value >= min && value <= max;
  }

  private static boolean isToken(String text) {
    return text.chars().allMatch(c -> c > ' ' && c < 0x7F);
  }
}
