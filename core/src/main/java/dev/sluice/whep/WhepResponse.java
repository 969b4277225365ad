package dev.sluice.whep;

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
public record WhepResponse(int status, Map<String, String> headers, String body) {

  /**
   * Makes a response.
   *
   * @param status the status code
   * @param headers the header fields, copied
   * @param body the content, empty for none
   */
  public WhepResponse {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** Leaves out all that may hold a secret. */
  @Override
  public String toString() {
    return "WhepResponse[" + status + ", " + body.length() + " characters]";
  }

  static WhepResponse of(int status) {
    return new WhepResponse(status, Map.of(), "");
  }

  static WhepResponse of(int status, String contentType, String body) {
    return new WhepResponse(status, Map.of("Content-Type", contentType), body);
  }

  /** Returns this response with one more header field. */
  WhepResponse with(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new WhepResponse(status, all, body);
  }
}
