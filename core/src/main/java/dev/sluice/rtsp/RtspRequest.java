package dev.sluice.rtsp;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** A request whose body has arrived. */
record RtspRequest(
    HttpVersion version, HttpMethod method, String uri, HttpHeaders headers, byte[] body) {

  private static final int MAX_CSEQ_DIGITS = 10;

  @Nullable String header(CharSequence name) {
    return headers.get(name);
  }

  /** the sequence number (RFC 2326, section 12.17), or null when it is missing or no number */
  @Nullable String cSeq() {
    String value = header(HeaderNames.CSEQ);
    if (value == null || value.isEmpty() || value.length() > MAX_CSEQ_DIGITS) {
      return null;
    }
    return value.chars().allMatch(c -> c >= '0' && c <= '9') ? value : null;
  }

  /** the session identifier without its parameters, or null when the request names none */
  @Nullable String sessionId() {
    String value = header(HeaderNames.SESSION);
    if (value == null) {
      return null;
    }
    int semicolon = value.indexOf(';');
    return (semicolon < 0 ? value : value.substring(0, semicolon)).strip();
  }

  @Override
  public String toString() {
    return method.name();
  }
}
