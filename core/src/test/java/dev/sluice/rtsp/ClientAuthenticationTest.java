package dev.sluice.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAuthenticationTest {
  private static final String URI = "rtsp://camera/live";
  private static final String MD5 = "Digest realm=\"a, Basic b=\\\"c\\\"\", nonce=\"n\"";
  private static final String MD5_QOP =
      MD5 + ", algorithm=MD5, qop=\"auth-int, auth\", opaque=\"o\"";
  private static final String SHA_256 =
      "Digest algorithm=SHA-256, qop=auth, realm=\"r\", nonce=\"m\"";
  private static final String BASIC = "Basic realm=\"r\", charset=\"UTF-8\"";

  private final ClientAuthentication authentication = of(AuthenticationScheme.values());

  private static ClientAuthentication of(AuthenticationScheme... allowed) {
    return new ClientAuthentication(
        new PullUrl.UserInfo("me", "pass:w\u00f6rd"),
        EnumSet.copyOf(List.of(allowed)),
        new Random(1));
  }

  @Test
  void shouldSendNothingUnasked() {
    assertThat(authentication.header("OPTIONS", URI)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"MD5, DIGEST_MD5", "MD5_QOP, DIGEST_MD5", "SHA_256, DIGEST_SHA_256"})
  void shouldAnswerDigest(String challenge, AuthenticationScheme scheme) {
    assertThat(authentication.accept(challenge(challenge), 0)).isTrue();
    for (int i = 0; i < 2; i++) {
      String header = authentication.header("SETUP", URI);
      DigestCredentials credentials = DigestCredentials.parse(header, "SETUP");
      assertThat(credentials.scheme()).isEqualTo(scheme);
      assertThat(credentials.uri()).isEqualTo(URI);
      assertThat(credentials.isPassword("pass:w\u00f6rd")).isTrue();
      assertThat(credentials.isPassword("other")).isFalse();
      assertThat(header.contains("nc=0000000" + (i + 1))).isEqualTo(!challenge.equals("MD5"));
    }
  }

  private static String challenge(String name) {
    return switch (name) {
      case "MD5" -> MD5;
      case "MD5_QOP" -> MD5_QOP;
      default -> SHA_256;
    };
  }

  @Test
  void shouldAnswerBasic() {
    assertThat(authentication.accept(BASIC, 0)).isTrue();
    assertThat(
            BasicCredentials.parse(authentication.header("PLAY", URI)).isPassword("pass:w\u00f6rd"))
        .isTrue();
  }

  @Test
  void shouldPreferTheStrongestOfSeveralChallenges() {
    authentication.accept(BASIC + ", " + MD5_QOP + ", " + SHA_256, 0);
    assertThat(authentication.header("PLAY", URI)).contains("nonce=\"m\"");
    authentication.accept(SHA_256.replace("SHA-256", "SHA-512-256") + ", " + MD5 + ", " + BASIC, 0);
    assertThat(authentication.header("PLAY", URI)).contains("nonce=\"n\"");
  }

  @Test
  void shouldBearAListThatNamesAuthTwice() {
    assertThat(authentication.accept(MD5 + ", qop=\"auth,auth\"", 0)).isTrue();
    assertThat(authentication.header("PLAY", URI)).contains("nc=00000001");
  }

  @Test
  void shouldNotUseASchemeThatIsNotAllowed() {
    ClientAuthentication digestOnly = of(AuthenticationScheme.DIGEST_MD5);
    assertThat(digestOnly.accept(BASIC, 0)).isFalse();
    assertThat(digestOnly.header("PLAY", URI)).isNull();
  }

  @Test
  void shouldAnswerOnceMoreOnlyWhereTheNonceWasStale() {
    assertThat(authentication.accept(MD5, 1)).isFalse();
    assertThat(authentication.accept(MD5 + ", stale=TRUE", 1)).isTrue();
    assertThat(authentication.accept(MD5 + ", stale=true", 2)).isFalse();
  }

  @Test
  void shouldHaveNothingToAnswerWithoutAUser() {
    ClientAuthentication nobody =
        new ClientAuthentication(null, EnumSet.allOf(AuthenticationScheme.class), new Random(1));
    assertThat(nobody.accept(MD5, 0)).isFalse();
  }

  @Test
  void shouldGiveCredentialsInEachRequestOnceTheServerAskedForThem() {
    try (PullServer server = new PullServer(PullServer.options().credentials("me", "secret"))) {
      server.keeper.start();
      server.expect("OPTIONS ");
      server.respond("401 Unauthorized", "WWW-Authenticate: " + BASIC, "WWW-Authenticate: " + MD5);
      assertThat(server.expect("OPTIONS ")).contains("Authorization: Digest ", "CSeq: 2\r\n");
      server.respond("200 OK");
      assertThat(server.expect("DESCRIBE ")).contains("Authorization: Digest ");
      server.respond("401 Unauthorized", "WWW-Authenticate: " + MD5.replace("\"n\"", "\"new\""));
      assertThat(server.expect("DESCRIBE ")).contains("nonce=\"new\"");
      server.respondWithDescription();
      server.expect("SETUP ");
    }
  }

  @Test
  void shouldNotTryAWrongPasswordOverAndOver() {
    try (PullServer server = new PullServer(PullServer.options().credentials("me", "wrong"))) {
      server.keeper.start();
      server.expect("OPTIONS ");
      server.respond("401 Unauthorized", "WWW-Authenticate: " + MD5);
      server.expect("OPTIONS ");
      server.respond("401 Unauthorized", "WWW-Authenticate: " + MD5);
      assertThat(server.events).containsExactly("OPTIONS was answered with 401 Unauthorized");
      assertThat(server.untilConnected(Duration.ofMinutes(1)))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(15));
    }
  }
}
