package dev.sluice.whep;

import dev.sluice.LimitExceededException;
import dev.sluice.NegotiationException;
import dev.sluice.RelayEngine;
import dev.sluice.UnknownStreamException;
import dev.sluice.Viewer;
import dev.sluice.sdp.SdpException;
import dev.sluice.sdp.SessionDescription;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Serves the streams of an engine over WHEP.
 *
 * <p>The endpoint of a stream, {@code /{stream}/whep}, takes
 *
 * <ul>
 *   <li>POST of an offer ({@code application/sdp}): 201 with the answer, the session's Location and
 *       the ETag of its ICE session.
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
 *   <tr><td>404</td><td>no such stream or session, or it ended</td></tr>
 *   <tr><td>405</td><td>another method</td></tr>
 *   <tr><td>406</td><td>Accept does not take the answer's media type</td></tr>
 *   <tr><td>412</td><td>If-Match names an ICE session before a restart</td></tr>
 *   <tr><td>413</td><td>the content is longer than {@link #MAX_BODY_LENGTH}</td></tr>
 *   <tr><td>415</td><td>the content is of another media type</td></tr>
 *   <tr><td>422</td><td>the offer is well-formed, but nothing in it can be served</td></tr>
 *   <tr><td>428</td><td>a PATCH without If-Match</td></tr>
 *   <tr><td>503</td><td>the engine has all the viewers it may have, or is closed</td></tr>
 * </table>
 *
 * <p>The handler never makes a counter-offer, so 406 has its usual meaning. It may be called by any
 * thread, several at a time, and does not block. A session's identifier is unguessable and is all
 * that protects it: treat its Location as a secret.
 */
public final class WhepHandler {

  /** How long the content of a request may be, in characters. */
  public static final int MAX_BODY_LENGTH = SessionDescription.MAX_LENGTH;

  private static final String ENDPOINT_METHODS = "GET, HEAD, OPTIONS, POST";
  private static final String SESSION_METHODS = "DELETE, GET, HEAD, OPTIONS, PATCH";
  private static final String RETRY_SECONDS = "2";

  private final RelayEngine engine;
  private final WhepOptions options;
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
  }

  /**
   * Handles a request.
   *
   * @param request the request
   * @return the response
   */
  public WhepResponse handle(WhepRequest request) {
    WhepPath path;
    try {
      path = WhepPath.parse(request.path(), options);
    } catch (IllegalArgumentException noName) {
      return finish(Problem.BAD_REQUEST.because(String.valueOf(noName.getMessage())));
    }
    if (path == null) {
      return finish(Problem.NOT_FOUND.because("this path is not that of a stream or a session"));
    }
    String session = path.session();
    return finish(
        session == null
            ? endpoint(path.stream(), request)
            : session(path.stream(), session, request));
  }

  private WhepResponse endpoint(String stream, WhepRequest request) {
    return switch (request.method()) {
      case "POST" -> post(stream, request);
      case "GET", "HEAD" -> WhepResponse.of(204);
      case "OPTIONS" -> endpointOptions(request);
      default -> methodNotAllowed(ENDPOINT_METHODS);
    };
  }

  private WhepResponse session(String stream, String id, WhepRequest request) {
    if (request.method().equals("OPTIONS")) {
      return options(SESSION_METHODS).with("Accept-Patch", MediaTypes.TRICKLE);
    }
    WhepSession session = sessions.get(id);
    if (session == null || !session.viewer().stream().name().equals(stream)) {
      return Problem.NOT_FOUND.because("there is no such session, or it has ended");
    }
    return switch (request.method()) {
      case "PATCH" -> patch(session, request);
      case "DELETE" -> delete(session);
      case "GET", "HEAD" -> WhepResponse.of(204);
      default -> methodNotAllowed(SESSION_METHODS);
    };
  }

  private WhepResponse post(String stream, WhepRequest request) {
    WhepResponse refusal = refuseContent(request, MediaTypes.SDP);
    if (refusal != null) {
      return refusal.with("Accept-Post", MediaTypes.SDP);
    }
    if (!MediaTypes.accepts(request.header("Accept"), MediaTypes.SDP)) {
      return Problem.NOT_ACCEPTABLE.because("the response would be " + MediaTypes.SDP);
    }
    try {
      SessionDescription offer = SessionDescription.parse(request.body());
      Viewer viewer = engine.play(stream, request.body());
      return created(request, add(new WhepSession(viewer, offer)));
    } catch (SdpException e) {
      return Problem.BAD_REQUEST.because(String.valueOf(e.getMessage()));
    } catch (UnknownStreamException e) {
      return Problem.NOT_FOUND.because("there is no stream of this name");
    } catch (NegotiationException e) {
      return Problem.UNPROCESSABLE_CONTENT.because(String.valueOf(e.getMessage()));
    } catch (LimitExceededException e) {
      return unavailable("there are as many viewers as there may be");
    } catch (IllegalStateException e) {
      return unavailable("the relay is shutting down");
    }
  }

  private WhepSession add(WhepSession session) {
    String id = session.viewer().id();
    sessions.put(id, session);
    session.viewer().onClose(() -> sessions.remove(id));
    return session;
  }

  private WhepResponse created(WhepRequest request, WhepSession session) {
    String endpoint = WhepPath.withoutQuery(request.path());
    return withIceServers(
        WhepResponse.of(201, MediaTypes.SDP, session.viewer().answer())
            .with("Location", endpoint + '/' + session.viewer().id())
            .with("ETag", session.entityTag())
            .with("Accept-Patch", MediaTypes.TRICKLE));
  }

  private static WhepResponse unavailable(String detail) {
    return Problem.SERVICE_UNAVAILABLE.because(detail).with("Retry-After", RETRY_SECONDS);
  }

  private WhepResponse patch(WhepSession session, WhepRequest request) {
    WhepResponse refusal = refuseContent(request, MediaTypes.TRICKLE);
    return refusal != null
        ? refusal.with("Accept-Patch", MediaTypes.TRICKLE)
        : session.patch(request);
  }

  private WhepResponse delete(WhepSession session) {
    sessions.remove(session.viewer().id());
    session.viewer().close();
    return WhepResponse.of(200);
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
                "Accept-Patch, Accept-Post, ETag, Link, Location, Retry-After");
  }
}
