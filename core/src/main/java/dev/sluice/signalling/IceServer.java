package dev.sluice.signalling;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A STUN or TURN server that peers are told of, in a Link header field (RFC 9725 section 4.6).
 *
 * @param uri its {@code stun}, {@code stuns}, {@code turn} or {@code turns} URI (RFC 7064, RFC
 *     7065)
 * @param username the user name for a TURN server, or null
 * @param credential the password for a TURN server, or null; a secret
 */
public record IceServer(String uri, @Nullable String username, @Nullable String credential) {

  private static final Pattern URI = Pattern.compile("(stuns?|turns?):[!-~&&[^<>\"]]+");
  private static final Pattern TEXT = Pattern.compile("[ -~]*");

  /**
   * Describes a server.
   *
   * @param uri its URI
   * @param username the user name, or null
   * @param credential the password, or null
   * @throws IllegalArgumentException if the URI is of another scheme, if only one of user name and
   *     password is given, or if one is not printable ASCII
   */
  public IceServer {
    if (!URI.matcher(uri).matches()) {
      throw new IllegalArgumentException("not the URI of a STUN or TURN server: " + uri);
    }
    if ((username == null) != (credential == null)) {
      throw new IllegalArgumentException("a user name and a credential have to stand together");
    }
    if (!isText(username) || !isText(credential)) {
      throw new IllegalArgumentException("user name and credential have to be printable ASCII");
    }
  }

  /**
   * Describes a server that asks for no credentials.
   *
   * @param uri its URI
   */
  public IceServer(String uri) {
    this(uri, null, null);
  }

  /** Returns the value of the Link header field. */
  String link() {
    String link = '<' + uri + ">; rel=\"ice-server\"";
    return username == null || credential == null
        ? link
        : link + "; username=" + quote(username) + "; credential=" + quote(credential);
  }

  /** Hides the credential. */
  @Override
  public String toString() {
    return "IceServer[" + uri + ']';
  }

  private static boolean isText(@Nullable String text) {
    return text == null || TEXT.matcher(text).matches();
  }

  /** Writes a quoted-string (RFC 9110 section 5.6.4). */
  private static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
