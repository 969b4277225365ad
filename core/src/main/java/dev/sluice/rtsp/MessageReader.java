package dev.sluice.rtsp;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests, and on a client's side responses (RFC 2326, sections 6 and 7), line by line as
 * they come. Memory follows what has come: a Content-Length allocates nothing.
 *
 * <p>It takes what clients are known to send: lines that end with LF alone, a header value with a
 * line break in it or behind it (Base64 encoders put one there), and methods and header names in
 * any case.
 */
final class MessageReader {

  /** How far it got. */
  enum Status {
    /** not all of a message has come */
    INCOMPLETE,
    /** a message, to be taken */
    COMPLETE,
    /** a message whose body would be longer than {@link #MAX_BODY_LENGTH} */
    TOO_LARGE,
    /** no message; {@link #problem} says why */
    MALFORMED
  }

  static final int MAX_HEAD_LENGTH = 8_192;
  static final int MAX_BODY_LENGTH = 32_768;

  private static final int UNKNOWN = -1;
  private static final int MAX_LENGTH_DIGITS = 9;

  private final boolean takesResponses;
  private final TreeMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private @Nullable String startLine;
  private String lastName = "";
  private boolean isNew;
  private boolean endsLinesWithLf;
  private boolean afterLfOnly;
  private int headLength;
  private int bodyLength = UNKNOWN;
  private String problem = "";

  /**
   * Makes a reader.
   *
   * @param takesResponses whether messages may be responses too
   */
  MessageReader(boolean takesResponses) {
    this.takesResponses = takesResponses;
  }

  /** whether a message has begun and is not complete */
  boolean isUnderWay() {
    return headLength > 0;
  }

  /** what is wrong with a malformed message */
  String problem() {
    return problem;
  }

  /** Reads on; what is incomplete and cannot be kept as text yet is left in the buffer. */
  Status read(ByteBuf in) {
    while (bodyLength == UNKNOWN) {
      Status status = readLine(in);
      if (status != Status.COMPLETE) {
        return status;
      }
    }
    return in.readableBytes() < bodyLength ? Status.INCOMPLETE : Status.COMPLETE;
  }

  /**
   * Takes the message that {@link #read} said is complete.
   *
   * @param in what it was read from
   * @return an {@link RtspRequest} or an {@link RtspResponse}
   */
  Object take(ByteBuf in) {
    byte[] body = new byte[bodyLength];
    in.readBytes(body);
    String line = String.valueOf(startLine);
    Map<String, String> all = Collections.unmodifiableMap(new TreeMap<>(headers));
    reset();
    return isVersion(line) ? response(line, all, body) : request(line, all, body);
  }

  private static RtspRequest request(String line, Map<String, String> headers, byte[] body) {
    int first = line.indexOf(' ');
    int last = line.lastIndexOf(' ');
    return new RtspRequest(
        line.substring(0, first).toUpperCase(Locale.ROOT),
        line.substring(first, last).strip(),
        line.substring(last + 1).toUpperCase(Locale.ROOT),
        headers,
        body);
  }

  private static RtspResponse response(String line, Map<String, String> headers, byte[] body) {
    String[] words = line.split(" ", 3);
    String reason = words.length < 3 ? "" : words[2];
    return new RtspResponse(Integer.parseInt(words[1]), reason, headers, body);
  }

  private void reset() {
    headers.clear();
    startLine = null;
    lastName = "";
    afterLfOnly = false;
    headLength = 0;
    bodyLength = UNKNOWN;
  }

  private Status readLine(ByteBuf in) {
    int length = in.bytesBefore((byte) '\n');
    if (headLength + (length < 0 ? in.readableBytes() : length) > MAX_HEAD_LENGTH) {
      return malformed("its head is longer than " + MAX_HEAD_LENGTH + " bytes");
    }
    if (length < 0) {
      return Status.INCOMPLETE;
    }
    String line = in.toString(in.readerIndex(), length, StandardCharsets.UTF_8);
    in.skipBytes(length + 1);
    headLength += length + 1;
    boolean lfOnly = !line.endsWith("\r");
    String text = lfOnly ? line : line.substring(0, line.length() - 1);
    if (text.chars().anyMatch(MessageReader::isControl)) {
      return malformed("its head has a control character"); // a response might quote it
    }
    Status status = accept(text, lfOnly);
    afterLfOnly = lfOnly;
    return status;
  }

  private static boolean isControl(int c) {
    return c < ' ' && c != '\t' || c == 0x7F;
  }

  private Status accept(String line, boolean lfOnly) {
    if (startLine == null) {
      return acceptStartLine(line, lfOnly);
    }
    if (line.isEmpty()) {
      // A line break of the value before it, unless this client ends every line with LF alone.
      boolean belongsToValue = afterLfOnly && !lfOnly && !endsLinesWithLf;
      return belongsToValue ? Status.COMPLETE : endHead();
    }
    int colon = line.indexOf(':');
    if (colon < 0 || line.charAt(0) == ' ' || line.charAt(0) == '\t') {
      return continueHeader(line.strip());
    }
    lastName = line.substring(0, colon).strip();
    String value = line.substring(colon + 1).strip();
    isNew = headers.putIfAbsent(lastName, value) == null;
    if (!isNew && lastName.equalsIgnoreCase(HeaderNames.WWW_AUTHENTICATE)) {
      headers.merge(lastName, value, (before, next) -> before + ", " + next);
    }
    return Status.COMPLETE;
  }

  private Status acceptStartLine(String line, boolean lfOnly) {
    String[] words = line.strip().split(" +");
    boolean response = takesResponses && isVersion(words[0]);
    if (response && (words.length < 2 || !words[1].matches("[1-5][0-9]{2}"))) {
      return malformed("it does not begin with a version and a status");
    }
    if (!response && (words.length < 3 || !words[0].chars().allMatch(MessageReader::isMethod))) {
      return malformed("it does not begin with a method, a URI and a version");
    }
    startLine = String.join(" ", words);
    endsLinesWithLf = lfOnly;
    return Status.COMPLETE;
  }

  private static boolean isVersion(String text) {
    return text.regionMatches(true, 0, "RTSP/", 0, 5);
  }

  private static boolean isMethod(int c) {
    return c == '_' || c == '-' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private Status continueHeader(String rest) {
    if (lastName.isEmpty()) {
      return malformed("there is no colon in its first header");
    }
    if (isNew) {
      headers.merge(lastName, rest, String::concat);
    }
    return Status.COMPLETE;
  }

  private Status endHead() {
    String length = headers.getOrDefault(HeaderNames.CONTENT_LENGTH, "0");
    if (length.isEmpty() || !length.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return malformed("its Content-Length is no number");
    }
    if (length.length() > MAX_LENGTH_DIGITS || Integer.parseInt(length) > MAX_BODY_LENGTH) {
      return Status.TOO_LARGE;
    }
    bodyLength = Integer.parseInt(length);
    return Status.COMPLETE;
  }

  private Status malformed(String what) {
    problem = what;
    return Status.MALFORMED;
  }
}
