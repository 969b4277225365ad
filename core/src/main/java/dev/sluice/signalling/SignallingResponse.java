package dev.sluice.signalling;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An HTTP response, in the terms of no particular server.
 *
 * @param status the status code
 * @param headers the header fields by name; the server adds Content-Length, Date and the like
 * @param body the content, to be encoded as UTF-8; empty for none
 */
public record SignallingResponse(int status, Map<String, String> headers, String body) {

  /**
   * Makes a response.
   *
   * @param status the status code
   * @param headers the header fields, copied
   * @param body the content, empty for none
   */
  public SignallingResponse {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** Leaves out all that may hold a secret. */
  @Override
  public String toString() {
    return "SignallingResponse[" + status + ", " + body.length() + " characters]";
  }

  static SignallingResponse of(int status) {
    return new SignallingResponse(status, Map.of(), "");
  }

  static SignallingResponse of(int status, String contentType, String body) {
    return new SignallingResponse(status, Map.of("Content-Type", contentType), body);
  }

  /** Returns this response with one more header field. */
  SignallingResponse with(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new SignallingResponse(status, all, body);
  }
}
