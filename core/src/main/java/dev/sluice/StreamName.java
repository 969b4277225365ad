package dev.sluice;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The name of a stream, which has one spelling wherever it is used: in the API as it is, in the
 * path of a URL as UTF-8 that is percent-encoded once.
 *
 * <p>A name is 1 to 255 characters in Unicode's normalisation form C; other forms are normalised.
 * It is made of segments with slashes in between; none is empty, {@code .} or {@code ..}, so that a
 * name means the same in every path. Characters that cannot be seen are refused: controls, line
 * separators, and marks of format, those that turn the direction of text among them; zero-width
 * joiners (U+200C, U+200D) are taken, since there are scripts that need them.
 */
public final class StreamName {
  private static final int MAX_LENGTH = 255;

  /** a letter with all its marks is rarely written with more; bounds the work */
  private static final int MAX_SPELLING = 4 * MAX_LENGTH;

  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private StreamName() {}

  /**
   * Checks a name and normalises it.
   *
   * @param name the name in any spelling
   * @return the name in its one spelling
   * @throws IllegalArgumentException if it is none; the message says why and may be shown to a peer
   */
  public static String of(String name) {
    if (name.length() > MAX_SPELLING) {
      throw new IllegalArgumentException(
          "a stream's name has at most " + MAX_LENGTH + " characters");
    }
    name.codePoints().forEach(StreamName::checkVisible);
    String normalised = Normalizer.normalize(name, Normalizer.Form.NFC);
    if (normalised.isEmpty() || normalised.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a stream's name has 1 to " + MAX_LENGTH + " characters, not " + normalised.length());
    }
    for (String segment : normalised.split("/", -1)) {
      checkSegment(segment);
    }
    return normalised;
  }

  /**
   * Reads a name from the path of a URL.
   *
   * @param path what the path has in place of the name, percent-encoded as it came; an encoded
   *     slash is a slash
   * @return the name in its one spelling
   * @throws IllegalArgumentException if it is not percent-encoded UTF-8, or not a name; the message
   *     says why and may be shown to a peer
   */
  public static String ofPath(String path) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(decode(path));
      return of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a stream's name in a path is UTF-8, this is not", e);
    }
  }

  private static byte[] decode(String path) {
    byte[] bytes = new byte[path.length()];
    int length = 0;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c <= ' ' || c > '~') {
        throw new IllegalArgumentException(
            "a path has printable ASCII only; other characters are percent-encoded as UTF-8");
      }
      if (c == '%') {
        bytes[length++] = (byte) (hex(path, i + 1) << 4 | hex(path, i + 2));
        i += 2;
      } else {
        bytes[length++] = (byte) c;
      }
    }
    return Arrays.copyOf(bytes, length);
  }

  private static int hex(String path, int index) {
    if (index >= path.length() || !HexFormat.isHexDigit(path.charAt(index))) {
      throw new IllegalArgumentException("a % in a path is followed by two hexadecimal digits");
    }
    return HexFormat.fromHexDigit(path.charAt(index));
  }

  private static void checkVisible(int c) {
    int type = Character.getType(c);
    boolean joiner = c == ZERO_WIDTH_NON_JOINER || c == ZERO_WIDTH_JOINER;
    boolean invisible =
        type == Character.CONTROL
            || type == Character.FORMAT
            || type == Character.LINE_SEPARATOR
            || type == Character.PARAGRAPH_SEPARATOR
            || type == Character.SURROGATE
            || isNoncharacter(c);
    if (invisible && !joiner) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "U+%04X cannot be seen and is not taken in a stream's name", c));
    }
  }

  /** The Unicode Standard, section 23.7. */
  private static boolean isNoncharacter(int c) {
    return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
  }

  private static void checkSegment(String segment) {
    if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
      throw new IllegalArgumentException(
          "a segment of a stream's name, between slashes, is not empty, . or ..");
    }
  }
}
