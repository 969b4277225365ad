package dev.sluice.signalling;

import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has requests authorized by the host, with bearer tokens as RFC 9725 section 4.9 uses them. */
final class Gate {

  private static final Logger LOG = LoggerFactory.getLogger(SessionEndpoint.class);

  /** RFC 6750 section 2.1. */
  private static final Pattern CREDENTIALS =
      Pattern.compile("Bearer +([A-Za-z0-9._~+/-]+=*)", Pattern.CASE_INSENSITIVE);

  private final String challenge;
  private final @Nullable Authorizer authorizer;

  Gate(String realm, @Nullable Authorizer authorizer) {
    challenge = "Bearer realm=\"" + realm + '"';
    this.authorizer = authorizer;
  }

  /** Goes on with who it is if the request is allowed, and refuses it otherwise. */
  CompletionStage<SignallingResponse> ifAllowed(
      String stream,
      SignallingRequest request,
      @Nullable InetSocketAddress remoteAddress,
      Function<Decision, CompletionStage<SignallingResponse>> next) {
    String token = token(request);
    return decide(new Access(stream, token, remoteAddress, request))
        .thenCompose(
            decision -> {
              Problem problem = decision.problem();
              return problem == null
                  ? next.apply(decision)
                  : CompletableFuture.completedFuture(refuse(problem, token != null));
            })
        .exceptionally(Gate::failed);
  }

  /** Refuses a user whose session it is not. */
  SignallingResponse forbid(SignallingRequest request) {
    return refuse(Problem.FORBIDDEN, token(request) != null);
  }

  private CompletionStage<Decision> decide(Access access) {
    if (authorizer == null) {
      return CompletableFuture.completedFuture(Decision.allow());
    }
    try {
      return authorizer
          .authorize(access)
          .thenApply(decision -> Objects.requireNonNull(decision, "no decision"));
    } catch (Throwable e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** RFC 6750 section 3: a request without a token is not told of an error. */
  private SignallingResponse refuse(Problem problem, boolean hasToken) {
    boolean known = problem == Problem.FORBIDDEN;
    String error = known ? "insufficient_scope" : "invalid_token";
    return problem
        .because(known ? "this is not allowed" : "a valid bearer token is needed")
        .with("WWW-Authenticate", hasToken ? challenge + ", error=\"" + error + '"' : challenge);
  }

  private static @Nullable String token(SignallingRequest request) {
    Matcher credentials = CREDENTIALS.matcher(request.header("Authorization").strip());
    return credentials.matches() ? credentials.group(1) : null;
  }

  private static SignallingResponse failed(Throwable cause) {
    LOG.error("a request failed", cause);
    return Problem.INTERNAL_SERVER_ERROR.because("the request could not be handled");
  }
}
