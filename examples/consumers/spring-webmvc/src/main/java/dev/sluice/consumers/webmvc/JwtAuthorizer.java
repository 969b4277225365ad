package dev.sluice.consumers.webmvc;

import dev.sluice.signalling.Access;
import dev.sluice.signalling.Authorizer;
import dev.sluice.signalling.Decision;
import java.io.IOException;
import java.io.InputStream;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.springframework.core.io.Resource;
import org.springframework.security.converter.RsaKeyConverters;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Lets the bearer of a JSON Web Token (RFC 7519) begin to watch the streams that its claim {@code
 * streams} lists, until it expires; who watches by then goes on. Its subject owns the session.
 */
final class JwtAuthorizer implements Authorizer {
  private static final String STREAMS = "streams";

  private final JwtDecoder decoder;

  private JwtAuthorizer(JwtDecoder decoder) {
    this.decoder = decoder;
  }

  /** takes tokens that are signed by RS256 for a public key, which is given as PEM */
  static JwtAuthorizer of(Resource pem) throws IOException {
    try (InputStream in = pem.getInputStream()) {
      RSAPublicKey key = Objects.requireNonNull(RsaKeyConverters.x509().convert(in));
      NimbusJwtDecoder decoder = NimbusJwtDecoder.withPublicKey(key).build();
      decoder.setJwtValidator(
          new DelegatingOAuth2TokenValidator<>(
              JwtValidators.createDefault(),
              new JwtClaimValidator<>(JwtClaimNames.EXP, Objects::nonNull),
              new JwtClaimValidator<>(JwtClaimNames.SUB, Objects::nonNull)));
      return new JwtAuthorizer(decoder);
    }
  }

  @Override
  public CompletionStage<Decision> authorize(Access access) {
    return CompletableFuture.completedFuture(decide(access));
  }

  private Decision decide(Access access) {
    if (access.token() == null) {
      return Decision.unauthorized();
    }
    try {
      Jwt token = decoder.decode(access.token());
      List<String> streams = token.getClaimAsStringList(STREAMS);
      return streams != null && streams.contains(access.stream())
          ? Decision.allow(token.getSubject())
          : Decision.forbidden();
    } catch (BadJwtException notValid) {
      return Decision.unauthorized();
    }
  }
}
