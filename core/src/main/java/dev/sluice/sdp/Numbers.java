package dev.sluice.sdp;

/** Decimal numbers within bounds. */
final class Numbers {

  private static final int MAX_DIGITS = 10;

  private Numbers() {}

  static int parse(String text, int min, int max, String what) throws SdpException {
    long value = parseOr(text, -1);
    if (value < min || value > max) {
      throw new SdpException(
          what + " is not a number from " + min + " to " + max + ": " + Excerpt.of(text));
    }
    return (int) value;
  }

  /** Returns the value of at most ten decimal digits, or a default for anything else. */
  static long parseOr(String text, long otherwise) {
    if (text.isEmpty() || text.length() > MAX_DIGITS) {
      return otherwise;
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return otherwise;
      }
      value = 10 * value + digit;
    }
    return value;
  }
}
