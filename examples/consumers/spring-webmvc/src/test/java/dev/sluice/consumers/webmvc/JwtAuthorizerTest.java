package dev.sluice.consumers.webmvc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import dev.sluice.interop.WhepPeer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.RequestEntity;
import org.springframework.http.ResponseEntity;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Who may watch where viewers need a token. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class JwtAuthorizerTest {
  private static final KeyPair KEYS = newKeys();
  @TempDir private static Path directory;

  @Autowired private TestRestTemplate http;
  @LocalServerPort private int port;

  @DynamicPropertySource
  static void key(DynamicPropertyRegistry properties) throws Exception {
    String pem =
        "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
            .formatted(Base64.getMimeEncoder().encodeToString(KEYS.getPublic().getEncoded()));
    Path file = Files.writeString(directory.resolve("key.pem"), pem);
    properties.add("sluice.token-key", () -> "file:" + file);
  }

  @Test
  void shouldPlayForWhoHasAToken() throws Exception {
    Map<String, String> headers = Map.of("Authorization", "Bearer " + token(KEYS, claims -> {}));
    try (WhepPeer peer =
        new WhepPeer(URI.create("http://127.0.0.1:" + port + "/demo/whep"), headers)) {
      assertThat(peer).isNotNull(); // it is connected
    }
  }

  @Test
  void shouldAskForAToken() {
    ResponseEntity<String> response = offer("demo", null);
    assertThat(response.getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
    assertThat(response.getHeaders().getFirst(HttpHeaders.WWW_AUTHENTICATE))
        .isEqualTo("Bearer realm=\"whep\"");
  }

  @Test
  void shouldRefuseTokensOfOthersAndThoseThatAreOver() {
    Instant past = Instant.now().minusSeconds(600);
    for (String token :
        List.of(
            "nonsense",
            token(newKeys(), claims -> {}),
            token(KEYS, claims -> claims.issuedAt(past).expiresAt(past.plusSeconds(60))),
            token(KEYS, claims -> claims.claims(all -> all.remove("exp"))),
            token(KEYS, claims -> claims.claims(all -> all.remove("sub"))))) {
      assertThat(offer("demo", token).getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
    }
  }

  @Test
  void shouldKeepTokensToTheirStreams() {
    assertThat(offer("other", token(KEYS, claims -> {})).getStatusCode())
        .isEqualTo(HttpStatus.FORBIDDEN);
    assertThat(
            offer("demo", token(KEYS, claims -> claims.claims(all -> all.remove("streams"))))
                .getStatusCode())
        .isEqualTo(HttpStatus.FORBIDDEN);
  }

  private ResponseEntity<String> offer(String stream, String token) {
    RequestEntity.BodyBuilder request =
        RequestEntity.post("/{stream}/whep", stream)
            .contentType(new MediaType("application", "sdp"));
    if (token != null) {
      request.header(HttpHeaders.AUTHORIZATION, "Bearer " + token);
    }
    return http.exchange(request.body("v=0"), String.class);
  }

  private static String token(KeyPair keys, Consumer<JwtClaimsSet.Builder> change) {
    RSAKey key =
        new RSAKey.Builder((RSAPublicKey) keys.getPublic()).privateKey(keys.getPrivate()).build();
    JwtClaimsSet.Builder claims =
        JwtClaimsSet.builder()
            .subject("alice")
            .expiresAt(Instant.now().plusSeconds(60))
            .claim("streams", List.of("demo"));
    change.accept(claims);
    return new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(key)))
        .encode(JwtEncoderParameters.from(claims.build()))
        .getTokenValue();
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2_048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
