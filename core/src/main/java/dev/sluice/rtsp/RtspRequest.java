package dev.sluice.rtsp;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body has arrived.
 *
 * @param method in upper case
 * @param headers by name, whose case does not matter; of headers of one name the first
 */
record RtspRequest(
    String method, String uri, String version, Map<String, String> headers, byte[] body) {

  private static final int MAX_CSEQ_DIGITS = 10;

  @Nullable String header(String name) {
    return headers.get(name);
  }

  /**
   * the sequence number (RFC 2326, section 12.17), empty when there is none, or null when it is no
   * number
   */
  @Nullable String cSeq() {
    String value = headers.getOrDefault(HeaderNames.CSEQ, "");
    return value.length() <= MAX_CSEQ_DIGITS && value.chars().allMatch(c -> c >= '0' && c <= '9')
        ? value
        : null;
  }

  /** the session identifier without its parameters, or null when the request names none */
  @Nullable String sessionId() {
    String value = headers.getOrDefault(HeaderNames.SESSION, "");
    int semicolon = value.indexOf(';');
    String id = (semicolon < 0 ? value : value.substring(0, semicolon)).strip();
    return id.isEmpty() ? null : id;
  }

  @Override
  public String toString() {
    return method;
  }
}
