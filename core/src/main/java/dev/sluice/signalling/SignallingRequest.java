package dev.sluice.signalling;

import dev.sluice.sdp.SessionDescription;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request, in the terms of no particular server.
 *
 * @param method the method in upper case
 * @param path the path of the request target, percent-encoded as it came; a query is ignored
 * @param headers the header fields by name, which compares case-insensitively; a field that came
 *     several times as one value with commas (RFC 9110 section 5.2)
 * @param body the content decoded from UTF-8, empty for none. A server need not read more than
 *     {@link #MAX_BODY_LENGTH} bytes and one: longer content is refused
 * @param remoteAddress where the request came from, or null when the server does not say
 */
public record SignallingRequest(
    String method,
    String path,
    Map<String, String> headers,
    String body,
    @Nullable InetSocketAddress remoteAddress) {

  /** How long the content of a request may be, in characters. */
  public static final int MAX_BODY_LENGTH = SessionDescription.MAX_LENGTH;

  /**
   * Makes a request.
   *
   * @param method the method in upper case
   * @param path the path of the request target
   * @param headers the header fields, copied
   * @param body the content, empty for none
   * @param remoteAddress where the request came from, or null
   */
  public SignallingRequest {
    Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(headers);
    headers = Collections.unmodifiableMap(copy);
  }

  /**
   * Makes a request that came from an unknown address.
   *
   * @param method the method in upper case
   * @param path the path of the request target
   * @param headers the header fields, copied
   * @param body the content, empty for none
   */
  public SignallingRequest(String method, String path, Map<String, String> headers, String body) {
    this(method, path, headers, body, null);
  }

  /** Leaves out all that may hold a secret. */
  @Override
  public String toString() {
    return "SignallingRequest[" + method + ", " + body.length() + " characters]";
  }

  /** Returns the value of a header field, empty when it is missing. */
  String header(String name) {
    return headers.getOrDefault(name, "");
  }
}
