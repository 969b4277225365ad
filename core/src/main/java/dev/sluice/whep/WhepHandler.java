package dev.sluice.whep;

import dev.sluice.LimitExceededException;
import dev.sluice.NegotiationException;
import dev.sluice.RelayEngine;
import dev.sluice.StreamNotReadyException;
import dev.sluice.UnknownStreamException;
import dev.sluice.Viewer;
import dev.sluice.ViewerContext;
import dev.sluice.sdp.SessionDescription;
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
 * Serves the streams of an engine over WHEP.
 *
 * <p>The endpoint of a stream, {@code /{stream}/whep}, takes
 *
 * <ul>
 *   <li>POST of an offer ({@code application/sdp}): 201 with the answer, the session's Location,
 *       relative to the endpoint, and the ETag of its ICE session.
 * </ul>
 *
 * <p>A session, {@code /{stream}/whep/{id}}, takes
 *
 * <ul>
 *   <li>PATCH of a fragment ({@code application/trickle-ice-sdpfrag}, RFC 8840) with If-Match: 204
 *       for candidates; 200 with a fragment and a new ETag for new credentials, which restart ICE,
 *   <li>DELETE: 200, the viewer is gone.
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
 *   <tr><td>413</td><td>the content is longer than {@link #MAX_BODY_LENGTH}</td></tr>
 *   <tr><td>415</td><td>the content is of another media type</td></tr>
 *   <tr><td>422</td><td>the offer is well-formed, but nothing in it can be served, or not its picture</td></tr>
 *   <tr><td>428</td><td>a PATCH without If-Match</td></tr>
 *   <tr><td>500</td><td>the authorizer failed</td></tr>
 *   <tr><td>503</td><td>the engine has all the viewers it may have, or is closed, or the
 *       stream's source did not begin in time</td></tr>
 * </table>
 *
 * <p>The handler never makes a counter-offer, so 406 has its usual meaning. It may be called by any
 * thread, several at a time. Without an authorizer a session's identifier, which is unguessable, is
 * all that protects it: treat its Location as a secret.
 */
public final class WhepHandler {

  private static final Logger LOG = LoggerFactory.getLogger(WhepHandler.class);

  /** How long the content of a request may be, in characters. */
  public static final int MAX_BODY_LENGTH = SessionDescription.MAX_LENGTH;

  private static final String ENDPOINT_METHODS = "GET, HEAD, OPTIONS, POST";
  private static final String SESSION_METHODS = "DELETE, GET, HEAD, OPTIONS, PATCH";
  private static final String RETRY_SECONDS = "2";
  private static final int MAX_USER_AGENT = 256;

  private final RelayEngine engine;
  private final WhepOptions options;
  private final WhepGate gate;
  private final Map<String, WhepSession> sessions = new ConcurrentHashMap<>();

  /**
   * Creates a handler.
   *
   * @param engine whose streams are served
   * @param options the options
   */
  public WhepHandler(RelayEngine engine, WhepOptions options) {
    this.engine = engine;
    this.options = options;
    gate = new WhepGate(options.authorizer());
  }

  /**
   * Handles a request. Waits for the authorizer, if there is one that has not decided when it
   * returns, and for a stream that a source publishes on demand; nothing else is waited for.
   *
   * @param request the request
   * @return the response
   */
  public WhepResponse handle(WhepRequest request) {
    return handleAsync(request).toCompletableFuture().join();
  }

  /**
   * Handles a request without waiting for anything.
   *
   * @param request the request
   * @return the response, which is there at once unless the authorizer takes its time or a source
   *     has yet to publish the stream; never fails
   */
  public CompletionStage<WhepResponse> handleAsync(WhepRequest request) {
    return respond(request).thenApply(this::finish);
  }

  private CompletionStage<WhepResponse> respond(WhepRequest request) {
    WhepPath path;
    try {
      path = WhepPath.parse(request.path(), options);
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

  private CompletionStage<WhepResponse> endpoint(String stream, WhepRequest request) {
    return switch (request.method()) {
      case "POST" -> post(stream, request);
      case "GET", "HEAD" -> now(WhepResponse.of(204));
      case "OPTIONS" -> now(endpointOptions(request));
      default -> now(methodNotAllowed(ENDPOINT_METHODS));
    };
  }

  private CompletionStage<WhepResponse> session(String stream, String id, WhepRequest request) {
    if (request.method().equals("OPTIONS")) {
      return now(options(SESSION_METHODS).with("Accept-Patch", MediaTypes.TRICKLE));
    }
    WhepSession session = sessions.get(id);
    if (session == null || !session.viewer().stream().name().equals(stream)) {
      return now(noSession());
    }
    return switch (request.method()) {
      case "PATCH" -> patch(session, request);
      case "DELETE" -> ifOwner(session, request, () -> delete(session));
      case "GET", "HEAD" -> now(WhepResponse.of(204));
      default -> now(methodNotAllowed(SESSION_METHODS));
    };
  }

  private CompletionStage<WhepResponse> post(String stream, WhepRequest request) {
    WhepResponse refusal = refuseContent(request, MediaTypes.SDP);
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
            engine
                .demand(stream)
                .thenApply(found -> create(stream, request, decision.user()))
                .exceptionally(WhepHandler::refused));
  }

  private WhepResponse create(String stream, WhepRequest request, @Nullable Object user) {
    ViewerContext context = new ViewerContext(address(request), userAgent(request), user);
    return created(add(engine.play(stream, request.body(), context)));
  }

  private static WhepResponse refused(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof UnknownStreamException) {
      return Problem.NOT_FOUND.because("there is no stream of this name");
    }
    if (cause instanceof NegotiationException e) {
      Problem problem = e.isMalformed() ? Problem.BAD_REQUEST : Problem.UNPROCESSABLE_CONTENT;
      return problem.because(String.valueOf(e.getMessage()));
    }
    if (cause instanceof StreamNotReadyException) {
      return unavailable("the stream's source did not begin in time");
    }
    if (cause instanceof LimitExceededException) {
      return unavailable("there are as many viewers as there may be");
    }
    if (cause instanceof IllegalStateException) {
      return unavailable("the relay is shutting down");
    }
    throw new CompletionException(cause);
  }

  private @Nullable InetSocketAddress address(WhepRequest request) {
    InetSocketAddress forwarded = options.trustForwarded() ? ForwardedAddress.of(request) : null;
    return forwarded == null ? request.remoteAddress() : forwarded;
  }

  private static @Nullable String userAgent(WhepRequest request) {
    String userAgent = request.header("User-Agent");
    return userAgent.isEmpty()
        ? null
        : userAgent.substring(0, Math.min(userAgent.length(), MAX_USER_AGENT));
  }

  private WhepSession add(Viewer viewer) {
    WhepSession session = new WhepSession(viewer);
    sessions.put(viewer.id(), session);
    viewer.onClose(() -> sessions.remove(viewer.id()));
    tellHost(viewer);
    return session;
  }

  private void tellHost(Viewer viewer) {
    try {
      options.onViewer().accept(viewer);
    } catch (Throwable e) {
      LOG.warn("the host's code for a new viewer failed", e);
    }
  }

  /** The Location is relative: a proxy may know the endpoint by another path. */
  private WhepResponse created(WhepSession session) {
    return withIceServers(
        WhepResponse.of(201, MediaTypes.SDP, session.viewer().answer())
            .with("Location", options.pathSuffix() + '/' + session.viewer().id())
            .with("ETag", session.entityTag())
            .with("Accept-Patch", MediaTypes.TRICKLE));
  }

  private static WhepResponse unavailable(String detail) {
    return Problem.SERVICE_UNAVAILABLE.because(detail).with("Retry-After", RETRY_SECONDS);
  }

  private CompletionStage<WhepResponse> patch(WhepSession session, WhepRequest request) {
    WhepResponse refusal = refuseContent(request, MediaTypes.TRICKLE);
    return refusal != null
        ? now(refusal.with("Accept-Patch", MediaTypes.TRICKLE))
        : ifOwner(session, request, () -> session.patch(request));
  }

  private WhepResponse delete(WhepSession session) {
    if (!sessions.remove(session.viewer().id(), session)) {
      return noSession();
    }
    session.viewer().close();
    return WhepResponse.of(200);
  }

  /** A session belongs to the user it was made for. */
  private CompletionStage<WhepResponse> ifOwner(
      WhepSession session, WhepRequest request, Supplier<WhepResponse> action) {
    Object owner = session.viewer().context().attachment();
    return gate.ifAllowed(
        session.viewer().stream().name(),
        request,
        address(request),
        decision ->
            now(Objects.equals(owner, decision.user()) ? action.get() : WhepGate.forbid(request)));
  }

  private static WhepResponse noSession() {
    return Problem.NOT_FOUND.because("there is no such session, or it has ended");
  }

  private static CompletionStage<WhepResponse> now(WhepResponse response) {
    return CompletableFuture.completedFuture(response);
  }

  /** Returns an error if the content is not of a media type or too long. */
  private static @Nullable WhepResponse refuseContent(WhepRequest request, String mediaType) {
    if (!MediaTypes.isOf(mediaType, request.header("Content-Type"))) {
      return Problem.UNSUPPORTED_MEDIA_TYPE.because("the content has to be " + mediaType);
    }
    if (request.body().length() > MAX_BODY_LENGTH) {
      return Problem.CONTENT_TOO_LARGE.because("longer than " + MAX_BODY_LENGTH + " characters");
    }
    return null;
  }

  private static WhepResponse methodNotAllowed(String methods) {
    return Problem.METHOD_NOT_ALLOWED.because("this takes " + methods).with("Allow", methods);
  }

  /** A preflight request is not told of ICE servers (RFC 9725 section 4.6). */
  private WhepResponse endpointOptions(WhepRequest request) {
    WhepResponse response = options(ENDPOINT_METHODS).with("Accept-Post", MediaTypes.SDP);
    return request.headers().containsKey("Access-Control-Request-Method")
        ? response
        : withIceServers(response);
  }

  private WhepResponse options(String methods) {
    WhepResponse response = WhepResponse.of(200).with("Allow", methods);
    if (options.allowedOrigin() == null) {
      return response;
    }
    return response
        .with("Access-Control-Allow-Methods", methods)
        .with("Access-Control-Allow-Headers", "Accept, Authorization, Content-Type, If-Match")
        .with("Access-Control-Max-Age", "86400");
  }

  private WhepResponse withIceServers(WhepResponse response) {
    String link = options.link();
    return link.isEmpty() ? response : response.with("Link", link);
  }

  private WhepResponse finish(WhepResponse response) {
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
