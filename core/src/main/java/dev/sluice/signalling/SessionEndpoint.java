package dev.sluice.signalling;

import dev.sluice.LimitExceededException;
import dev.sluice.NegotiationException;
import dev.sluice.PeerContext;
import dev.sluice.PeerSession;
import dev.sluice.StreamNotReadyException;
import dev.sluice.UnknownStreamException;
import dev.sluice.loop.RateLimitedLog;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The endpoint of a stream and the sessions below it, for WHIP (RFC 9725) and for WHEP, which is in
 * its manner. It knows no direction of media: a {@link SessionOpener} turns offers into sessions.
 *
 * <p>The endpoint, {@code /{stream}/{suffix}}, takes
 *
 * <ul>
 *   <li>POST of an offer ({@code application/sdp}): 201 with the answer, the session's Location,
 *       relative to the endpoint, and the ETag of its ICE session.
 * </ul>
 *
 * <p>A session, {@code /{stream}/{suffix}/{id}}, takes
 *
 * <ul>
 *   <li>PATCH of a fragment ({@code application/trickle-ice-sdpfrag}, RFC 8840) with If-Match: 204
 *       for candidates; 200 with a fragment and a new ETag for new credentials, which restart ICE,
 *   <li>DELETE: 200, the session is over.
 * </ul>
 *
 * <p>Both answer OPTIONS with what they take, and GET with 204 (RFC 9725 section 4.1). Errors are
 * problem details (RFC 9457):
 *
 * <table>
 *   <caption>Errors</caption>
 *   <tr><th>status</th><th>when</th></tr>
 *   <tr><td>400</td><td>the SDP is malformed, or the path has no name of a stream</td></tr>
 *   <tr><td>401</td><td>the authorizer does not know who it is; WWW-Authenticate says so</td></tr>
 *   <tr><td>403</td><td>who it is may not do this, or the session is another user's</td></tr>
 *   <tr><td>404</td><td>no such stream or session, or it ended</td></tr>
 *   <tr><td>405</td><td>another method</td></tr>
 *   <tr><td>406</td><td>Accept does not take the answer's media type</td></tr>
 *   <tr><td>412</td><td>If-Match names an ICE session before a restart</td></tr>
 *   <tr><td>413</td><td>the content is longer than {@link SignallingRequest#MAX_BODY_LENGTH}</td></tr>
 *   <tr><td>415</td><td>the content is of another media type</td></tr>
 *   <tr><td>422</td><td>the offer is well-formed, but nothing in it can be served, or not its picture</td></tr>
 *   <tr><td>428</td><td>a PATCH without If-Match</td></tr>
 *   <tr><td>500</td><td>the authorizer failed</td></tr>
 *   <tr><td>503</td><td>the engine has all the sessions it may have, or is closed, or the
 *       stream's source did not begin in time</td></tr>
 * </table>
 *
 * <p>A counter-offer is never made, so 406 has its usual meaning. It may be called by any thread,
 * several at a time. Without an authorizer a session's identifier, which is unguessable, is all
 * that protects it: treat its Location as a secret.
 *
 * @param <S> its sessions
 */
public final class SessionEndpoint<S extends PeerSession> {

  private static final Logger LOG = LoggerFactory.getLogger(SessionEndpoint.class);

  private static final String ENDPOINT_METHODS = "GET, HEAD, OPTIONS, POST";
  private static final String SESSION_METHODS = "DELETE, GET, HEAD, OPTIONS, PATCH";
  private static final String RETRY_SECONDS = "2";
  private static final int MAX_USER_AGENT = 256;

  private final SessionOpener<S> opener;
  private final SignallingOptions<S> options;
  private final String realm;
  private final Gate gate;
  private final RateLimitedLog refusals = new RateLimitedLog(LOG, System::nanoTime);
  private final Map<String, SessionResource> sessions = new ConcurrentHashMap<>();

  /**
   * Creates an endpoint.
   *
   * @param realm of the bearer tokens, the protocol's name
   * @param options the options
   * @param opener turns offers into sessions
   */
  public SessionEndpoint(String realm, SignallingOptions<S> options, SessionOpener<S> opener) {
    this.options = options;
    this.opener = opener;
    this.realm = realm;
    gate = new Gate(realm, options.authorizer());
  }

  /**
   * Handles a request without waiting for anything.
   *
   * @param request the request
   * @return the response, which is there at once unless the authorizer takes its time, or what is
   *     asked for is not there yet ({@link SessionOpener#ready}); never fails
   */
  public CompletionStage<SignallingResponse> handle(SignallingRequest request) {
    return respond(request).thenApply(this::finish);
  }

  private CompletionStage<SignallingResponse> respond(SignallingRequest request) {
    ResourcePath path;
    try {
      path = ResourcePath.parse(request.path(), options);
    } catch (IllegalArgumentException noName) {
      return now(Problem.BAD_REQUEST.because(String.valueOf(noName.getMessage())));
    }
    if (path == null) {
      return now(Problem.NOT_FOUND.because("this path is not that of a stream or a session"));
    }
    String session = path.session();
    return session == null
        ? endpoint(path.stream(), request)
        : session(path.stream(), session, request);
  }

  private CompletionStage<SignallingResponse> endpoint(String stream, SignallingRequest request) {
    return switch (request.method()) {
      case "POST" -> post(stream, request);
      case "GET", "HEAD" -> now(SignallingResponse.of(204));
      case "OPTIONS" -> now(endpointOptions(request));
      default -> now(methodNotAllowed(ENDPOINT_METHODS));
    };
  }

  private CompletionStage<SignallingResponse> session(
      String stream, String id, SignallingRequest request) {
    if (request.method().equals("OPTIONS")) {
      return now(options(SESSION_METHODS).with("Accept-Patch", MediaTypes.TRICKLE));
    }
    SessionResource session = sessions.get(id);
    if (session == null || !session.peer().streamName().equals(stream)) {
      return now(noSession());
    }
    return switch (request.method()) {
      case "PATCH" -> patch(session, request);
      case "DELETE" -> ifOwner(session, request, () -> delete(session));
      case "GET", "HEAD" -> now(SignallingResponse.of(204));
      default -> now(methodNotAllowed(SESSION_METHODS));
    };
  }

  private CompletionStage<SignallingResponse> post(String stream, SignallingRequest request) {
    SignallingResponse refusal = refuseContent(request, MediaTypes.SDP);
    if (refusal != null) {
      return now(refusal.with("Accept-Post", MediaTypes.SDP));
    }
    if (!MediaTypes.accepts(request.header("Accept"), MediaTypes.SDP)) {
      return now(Problem.NOT_ACCEPTABLE.because("the response would be " + MediaTypes.SDP));
    }
    return gate.ifAllowed(
            stream,
            request,
            address(request),
            decision ->
                opener
                    .ready(stream)
                    .whenComplete((ready, failure) -> log(stream, request, failure))
                    .thenApply(ready -> create(stream, request, decision.user()))
                    .exceptionally(failure -> refused(stream, request, failure)))
        .thenApply(response -> tellOfCredentials(stream, request, response));
  }

  private SignallingResponse tellOfCredentials(
      String stream, SignallingRequest request, SignallingResponse response) {
    if (Problem.UNAUTHORIZED.is(response) || Problem.FORBIDDEN.is(response)) {
      boolean asked = request.header("Authorization") != null;
      String reason = asked ? "its credentials were not accepted" : "it brought no credentials";
      log(stream, request, reason);
      opener.refused(stream, address(request), reason);
    }
    return response;
  }

  /** what is asked of the engine itself, it logs itself */
  private void log(String stream, SignallingRequest request, @Nullable Throwable failure) {
    if (failure != null) {
      log(stream, request, String.valueOf(failure.getMessage()));
    }
  }

  private void log(String stream, SignallingRequest request, String reason) {
    InetSocketAddress address = address(request);
    refusals.warn(
        "Refused %s of '%s' from %s: %s"
            .formatted(realm, stream, address == null ? "an unknown address" : address, reason));
  }

  private SignallingResponse create(
      String stream, SignallingRequest request, @Nullable Object user) {
    PeerContext context = new PeerContext(address(request), userAgent(request), user);
    return created(add(opener.open(stream, request.body(), context)));
  }

  private SignallingResponse refused(String stream, SignallingRequest request, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof UnknownStreamException) {
      return Problem.NOT_FOUND.because("there is no stream of this name");
    }
    if (cause instanceof NegotiationException e) {
      String reason = String.valueOf(e.getMessage());
      opener.refused(stream, address(request), reason);
      return (e.isMalformed() ? Problem.BAD_REQUEST : Problem.UNPROCESSABLE_CONTENT)
          .because(reason);
    }
    if (cause instanceof StreamNotReadyException) {
      return unavailable("the stream's source did not begin in time");
    }
    if (cause instanceof LimitExceededException) {
      opener.refused(stream, address(request), String.valueOf(cause.getMessage()));
      return unavailable("there are as many peers as there may be");
    }
    if (cause instanceof IllegalStateException) {
      return unavailable("the relay is shutting down");
    }
    throw new CompletionException(cause);
  }

  private @Nullable InetSocketAddress address(SignallingRequest request) {
    InetSocketAddress forwarded = options.trustForwarded() ? ForwardedAddress.of(request) : null;
    return forwarded == null ? request.remoteAddress() : forwarded;
  }

  private static @Nullable String userAgent(SignallingRequest request) {
    String userAgent = request.header("User-Agent");
    return userAgent.isEmpty()
        ? null
        : userAgent.substring(0, Math.min(userAgent.length(), MAX_USER_AGENT));
  }

  private SessionResource add(S peer) {
    SessionResource session = new SessionResource(peer);
    sessions.put(peer.id(), session);
    peer.onClose(() -> sessions.remove(peer.id()));
    tellHost(peer);
    return session;
  }

  private void tellHost(S peer) {
    try {
      options.onSession().accept(peer);
    } catch (Throwable e) {
      LOG.warn("the host's code for a new session failed", e);
    }
  }

  /** The Location is relative: a proxy may know the endpoint by another path. */
  private SignallingResponse created(SessionResource session) {
    return withIceServers(
        SignallingResponse.of(201, MediaTypes.SDP, session.peer().answer())
            .with("Location", options.pathSuffix() + '/' + session.peer().id())
            .with("ETag", session.entityTag())
            .with("Accept-Patch", MediaTypes.TRICKLE));
  }

  private static SignallingResponse unavailable(String detail) {
    return Problem.SERVICE_UNAVAILABLE.because(detail).with("Retry-After", RETRY_SECONDS);
  }

  private CompletionStage<SignallingResponse> patch(
      SessionResource session, SignallingRequest request) {
    SignallingResponse refusal = refuseContent(request, MediaTypes.TRICKLE);
    return refusal != null
        ? now(refusal.with("Accept-Patch", MediaTypes.TRICKLE))
        : ifOwner(session, request, () -> session.patch(request));
  }

  private SignallingResponse delete(SessionResource session) {
    if (!sessions.remove(session.peer().id(), session)) {
      return noSession();
    }
    session.peer().close();
    return SignallingResponse.of(200);
  }

  /** A session belongs to the user it was made for. */
  private CompletionStage<SignallingResponse> ifOwner(
      SessionResource session, SignallingRequest request, Supplier<SignallingResponse> action) {
    Object owner = session.peer().context().attachment();
    return gate.ifAllowed(
        session.peer().streamName(),
        request,
        address(request),
        decision ->
            now(Objects.equals(owner, decision.user()) ? action.get() : gate.forbid(request)));
  }

  private static SignallingResponse noSession() {
    return Problem.NOT_FOUND.because("there is no such session, or it has ended");
  }

  private static CompletionStage<SignallingResponse> now(SignallingResponse response) {
    return CompletableFuture.completedFuture(response);
  }

  /** Returns an error if the content is not of a media type or too long. */
  private static @Nullable SignallingResponse refuseContent(
      SignallingRequest request, String mediaType) {
    if (!MediaTypes.isOf(mediaType, request.header("Content-Type"))) {
      return Problem.UNSUPPORTED_MEDIA_TYPE.because("the content has to be " + mediaType);
    }
    if (request.body().length() > SignallingRequest.MAX_BODY_LENGTH) {
      return Problem.CONTENT_TOO_LARGE.because(
          "longer than " + SignallingRequest.MAX_BODY_LENGTH + " characters");
    }
    return null;
  }

  private static SignallingResponse methodNotAllowed(String methods) {
    return Problem.METHOD_NOT_ALLOWED.because("this takes " + methods).with("Allow", methods);
  }

  /** A preflight request is not told of ICE servers (RFC 9725 section 4.6). */
  private SignallingResponse endpointOptions(SignallingRequest request) {
    SignallingResponse response = options(ENDPOINT_METHODS).with("Accept-Post", MediaTypes.SDP);
    return request.headers().containsKey("Access-Control-Request-Method")
        ? response
        : withIceServers(response);
  }

  private SignallingResponse options(String methods) {
    SignallingResponse response = SignallingResponse.of(200).with("Allow", methods);
    if (options.allowedOrigin() == null) {
      return response;
    }
    return response
        .with("Access-Control-Allow-Methods", methods)
        .with("Access-Control-Allow-Headers", "Accept, Authorization, Content-Type, If-Match")
        .with("Access-Control-Max-Age", "86400");
  }

  private SignallingResponse withIceServers(SignallingResponse response) {
    String link = options.link();
    return link.isEmpty() ? response : response.with("Link", link);
  }

  private SignallingResponse finish(SignallingResponse response) {
    String origin = options.allowedOrigin();
    return origin == null
        ? response
        : response
            .with("Access-Control-Allow-Origin", origin)
            .with(
                "Access-Control-Expose-Headers",
                "Accept-Patch, Accept-Post, ETag, Link, Location, Retry-After, WWW-Authenticate");
  }
}
