package dev.sluice.rtsp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers a server's challenges (RFC 7616, RFC 7617) by the strongest scheme that it offers and
 * that is allowed.
 */
final class ClientAuthentication {

  private record Challenge(AuthenticationScheme scheme, Map<String, String> parameters) {
    String get(String name) {
      return parameters.getOrDefault(name, "");
    }
  }

  private static final Pattern SCHEME_OR_PARAMETER =
      Pattern.compile(AuthParameters.PATTERN + "|([A-Za-z]++)");
  private static final int SCHEME_NAME = 4;

  private final PullUrl.@Nullable UserInfo user;
  private final Set<AuthenticationScheme> allowed;
  private final RandomGenerator random;
  private @Nullable Challenge challenge;
  private int uses;

  ClientAuthentication(
      PullUrl.@Nullable UserInfo user, Set<AuthenticationScheme> allowed, RandomGenerator random) {
    this.user = user;
    this.allowed = allowed;
    this.random = random;
  }

  /**
   * Takes the challenge of a 401.
   *
   * @param header all challenges, with commas between them
   * @param answered how often the same request was sent again for a challenge
   * @return whether that is worth doing now: a nonce may only have been too old, but a password
   *     that was not taken is not sent over and over
   */
  boolean accept(String header, int answered) {
    challenge = null;
    uses = 0;
    for (AuthenticationScheme scheme : AuthenticationScheme.values()) {
      if (challenge == null && user != null && allowed.contains(scheme)) {
        challenge = find(header, scheme);
      }
    }
    Challenge found = challenge;
    return found != null
        && (answered == 0 || answered == 1 && found.get("stale").equalsIgnoreCase("true"));
  }

  /** of the challenges the first of a scheme; null when there is none */
  private static @Nullable Challenge find(String header, AuthenticationScheme scheme) {
    Matcher matcher = SCHEME_OR_PARAMETER.matcher(header);
    String name = "";
    Map<String, String> parameters = new HashMap<>();
    while (matcher.find()) {
      if (matcher.group(SCHEME_NAME) == null) {
        AuthParameters.add(parameters, matcher);
        continue;
      }
      if (isOf(scheme, name, parameters)) {
        break;
      }
      name = matcher.group(SCHEME_NAME);
      parameters = new HashMap<>();
    }
    return isOf(scheme, name, parameters) ? new Challenge(scheme, parameters) : null;
  }

  private static boolean isOf(
      AuthenticationScheme scheme, String name, Map<String, String> parameters) {
    if (scheme == AuthenticationScheme.BASIC) {
      return name.equalsIgnoreCase("Basic");
    }
    String qop = parameters.get("qop");
    return name.equalsIgnoreCase("Digest")
        && scheme == DigestCredentials.scheme(parameters.getOrDefault("algorithm", "MD5"))
        && (qop == null || offersAuth(qop));
  }

  private static boolean offersAuth(String qop) {
    return Arrays.asList(qop.replace(" ", "").split(",")).contains("auth");
  }

  /** {@return the Authorization header of a request, or null when none was asked for} */
  @Nullable String header(String method, String uri) {
    Challenge current = challenge;
    if (current == null || user == null) {
      return null;
    }
    uses++;
    return current.scheme == AuthenticationScheme.BASIC
        ? "Basic " + base64(user.user() + ':' + user.password())
        : digest(current, user, method, uri);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private String digest(Challenge current, PullUrl.UserInfo who, String method, String uri) {
    String count = HexFormat.of().toHexDigits(uses);
    String clientNonce = HexFormat.of().toHexDigits(random.nextLong());
    boolean protectsRequest = current.parameters.containsKey("qop");
    String middle =
        protectsRequest
            ? String.join(":", current.get("nonce"), count, clientNonce, "auth")
            : current.get("nonce");
    String secret = String.join(":", who.user(), current.get("realm"), who.password());
    StringBuilder header = new StringBuilder("Digest username=" + quoted(who.user()));
    header.append(", realm=").append(quoted(current.get("realm")));
    header.append(", nonce=").append(quoted(current.get("nonce")));
    header.append(", uri=").append(quoted(uri));
    header
        .append(", response=")
        .append(
            quoted(DigestCredentials.response(current.scheme, secret, middle, method + ':' + uri)));
    if (current.parameters.containsKey("algorithm")) {
      header.append(", algorithm=").append(current.get("algorithm"));
    }
    if (current.parameters.containsKey("opaque")) {
      header.append(", opaque=").append(quoted(current.get("opaque")));
    }
    if (protectsRequest) {
      header
          .append(", qop=auth, nc=")
          .append(count)
          .append(", cnonce=")
          .append(quoted(clientNonce));
    }
    return header.toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
