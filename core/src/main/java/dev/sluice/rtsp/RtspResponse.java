package dev.sluice.rtsp;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A response whose body has arrived.
 *
 * @param reason what its status line says
 * @param headers by name, whose case does not matter; of headers of one name the first, but all
 *     challenges
 */
record RtspResponse(int status, String reason, Map<String, String> headers, byte[] body) {

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  boolean isRedirection() {
    return status == 301 || status == 302 || status == 303 || status == 305 || status == 307;
  }

  @Nullable String header(String name) {
    return headers.get(name);
  }

  @Override
  public String toString() {
    return status + " " + reason;
  }
}
