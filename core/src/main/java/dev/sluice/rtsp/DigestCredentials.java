package dev.sluice.rtsp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Digest scheme (RFC 7616) as RTSP clients speak it: with or without {@code qop=auth}.
 *
 * @param nonce the server's nonce that the response was made with
 * @param uri the URI that the response was made for
 * @param scheme which hash it uses
 * @param middle what stands between the two hashes in what is hashed: the nonce and, with qop, the
 *     count of its use, the client's nonce and qop
 * @param method the method of the request
 */
record DigestCredentials(
    String user,
    String realm,
    String nonce,
    String uri,
    AuthenticationScheme scheme,
    String middle,
    String method,
    String response)
    implements Credentials {

  private static final String SCHEME = "Digest ";

  /**
   * Reads an Authorization header.
   *
   * @return null when there is none, or it is malformed, of another scheme, or asks for what no
   *     challenge of this server offers
   */
  static @Nullable DigestCredentials parse(@Nullable String header, String method) {
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return null;
    }
    Map<String, String> all = AuthParameters.parse(header.substring(SCHEME.length()));
    AuthenticationScheme scheme = scheme(all.getOrDefault("algorithm", "MD5"));
    String nonce = all.get("nonce");
    String middle = middle(all);
    if (scheme == null || nonce == null || middle == null) {
      return null;
    }
    return new DigestCredentials(
        all.getOrDefault("username", ""),
        all.getOrDefault("realm", ""),
        nonce,
        all.getOrDefault("uri", ""),
        scheme,
        middle,
        method,
        all.getOrDefault("response", "").toLowerCase(Locale.ROOT));
  }

  static @Nullable AuthenticationScheme scheme(String algorithm) {
    for (AuthenticationScheme scheme : AuthenticationScheme.values()) {
      if (scheme != AuthenticationScheme.BASIC && scheme.algorithm().equalsIgnoreCase(algorithm)) {
        return scheme;
      }
    }
    return null;
  }

  private static @Nullable String middle(Map<String, String> all) {
    String qop = all.get("qop");
    if (qop == null) {
      return all.get("nonce");
    }
    return qop.equals("auth")
        ? String.join(
            ":", all.get("nonce"), all.getOrDefault("nc", ""), all.getOrDefault("cnonce", ""), qop)
        : null;
  }

  @Override
  public boolean isPassword(String expected) {
    String wanted =
        response(scheme, user + ':' + realm + ':' + expected, middle, method + ':' + uri);
    return MessageDigest.isEqual(
        wanted.getBytes(StandardCharsets.US_ASCII), response.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The response to a challenge (RFC 7616, section 3.4.1).
   *
   * @param secret user name, realm and password, with colons between them
   * @param middle see there
   * @param request method and URI of the request, with a colon between them
   */
  static String response(
      AuthenticationScheme scheme, String secret, String middle, String request) {
    return hash(scheme, hash(scheme, secret) + ':' + middle + ':' + hash(scheme, request));
  }

  private static String hash(AuthenticationScheme scheme, String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance(scheme.algorithm())
              .digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public @Nullable String password() {
    return null;
  }

  @Override
  public String toString() {
    return "DigestCredentials[user=" + user + "]";
  }
}
