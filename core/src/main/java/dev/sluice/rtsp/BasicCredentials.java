package dev.sluice.rtsp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** User name and password of the Basic scheme (RFC 7617). */
record BasicCredentials(String user, String password) implements Credentials {

  private static final String SCHEME = "Basic ";

  /**
   * Reads an Authorization header.
   *
   * @return null when there is none, or it is malformed or of another scheme
   */
  static @Nullable BasicCredentials parse(@Nullable String header) {
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return null;
    }
    String pair;
    try {
      byte[] decoded = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
      pair = new String(decoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
    int colon = pair.indexOf(':');
    return colon < 0
        ? null
        : new BasicCredentials(pair.substring(0, colon), pair.substring(colon + 1));
  }

  @Override
  public boolean isPassword(String expected) {
    return MessageDigest.isEqual(
        password.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "BasicCredentials[user=" + user + "]";
  }
}
