package dev.sluice.whep;

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
final class WhepGate {

  private static final Logger LOG = LoggerFactory.getLogger(WhepHandler.class);

  /** RFC 6750 section 2.1. */
  private static final Pattern CREDENTIALS =
      Pattern.compile("Bearer +([A-Za-z0-9._~+/-]+=*)", Pattern.CASE_INSENSITIVE);

  private static final String CHALLENGE = "Bearer realm=\"whep\"";

  private final @Nullable WhepAuthorizer authorizer;

  WhepGate(@Nullable WhepAuthorizer authorizer) {
    this.authorizer = authorizer;
  }

  /** Goes on with who it is if the request is allowed, and refuses it otherwise. */
  CompletionStage<WhepResponse> ifAllowed(
      String stream,
      WhepRequest request,
      @Nullable InetSocketAddress remoteAddress,
      Function<WhepDecision, CompletionStage<WhepResponse>> next) {
    String token = token(request);
    return decide(new WhepAccess(stream, token, remoteAddress, request))
        .thenCompose(
            decision -> {
              Problem problem = decision.problem();
              return problem == null
                  ? next.apply(decision)
                  : CompletableFuture.completedFuture(refuse(problem, token != null));
            })
        .exceptionally(WhepGate::failed);
  }

  /** Refuses a user who may watch, but not do this. */
  static WhepResponse forbid(WhepRequest request) {
    return refuse(Problem.FORBIDDEN, token(request) != null);
  }

  private CompletionStage<WhepDecision> decide(WhepAccess access) {
    if (authorizer == null) {
      return CompletableFuture.completedFuture(WhepDecision.allow());
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
  private static WhepResponse refuse(Problem problem, boolean hasToken) {
    boolean known = problem == Problem.FORBIDDEN;
    String error = known ? "insufficient_scope" : "invalid_token";
    return problem
        .because(known ? "this is not allowed" : "a valid bearer token is needed")
        .with("WWW-Authenticate", hasToken ? CHALLENGE + ", error=\"" + error + '"' : CHALLENGE);
  }

  private static @Nullable String token(WhepRequest request) {
    Matcher credentials = CREDENTIALS.matcher(request.header("Authorization").strip());
    return credentials.matches() ? credentials.group(1) : null;
  }

  private static WhepResponse failed(Throwable cause) {
    LOG.error("a WHEP request failed", cause);
    return Problem.INTERNAL_SERVER_ERROR.because("the request could not be handled");
  }
}
