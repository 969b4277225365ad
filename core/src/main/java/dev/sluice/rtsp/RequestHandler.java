package dev.sluice.rtsp;

import static dev.sluice.rtsp.HeaderNames.ALLOW;
import static dev.sluice.rtsp.HeaderNames.PUBLIC;
import static dev.sluice.rtsp.HeaderNames.REQUIRE;
import static dev.sluice.rtsp.HeaderNames.SESSION;
import static dev.sluice.rtsp.HeaderNames.TRANSPORT;
import static dev.sluice.rtsp.HeaderNames.UNSUPPORTED;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.rtsp.RtspResponseStatuses;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of one connection and keeps its session: the server's states Init (no
 * session), Ready and Recording of RFC 2326, appendix A.2.
 */
final class RequestHandler {
  private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);

  private static final String VERSION = "RTSP/1.0";
  private static final String ANY_URI = "*";
  private static final String METHODS =
      "OPTIONS, ANNOUNCE, SETUP, RECORD, PAUSE, TEARDOWN, GET_PARAMETER, SET_PARAMETER";
  private static final String METHODS_WHEN_INIT = "OPTIONS, ANNOUNCE, GET_PARAMETER, SET_PARAMETER";
  private static final String METHODS_WHEN_READY =
      "OPTIONS, SETUP, RECORD, TEARDOWN, GET_PARAMETER, SET_PARAMETER";
  private static final String METHODS_WHEN_RECORDING =
      "OPTIONS, RECORD, PAUSE, TEARDOWN, GET_PARAMETER, SET_PARAMETER";

  private final ServerContext server;
  private final RtspConnection connection;
  private final AnnounceHandler announcements;
  private @Nullable RtspSession session;

  RequestHandler(ServerContext server, RtspConnection connection) {
    this.server = server;
    this.connection = connection;
    announcements = new AnnounceHandler(server, connection);
  }

  @Nullable RtspSession session() {
    return session;
  }

  /**
   * Answers a request.
   *
   * @return the response, perhaps later, on the event loop
   */
  CompletableFuture<FullHttpResponse> handle(RtspRequest request) {
    if (!request.version().equals(VERSION)) {
      return done(
          RtspResponses.of(
              RtspResponseStatuses.RTSP_VERSION_NOT_SUPPORTED, "this is a server of " + VERSION));
    }
    String required = request.header(REQUIRE);
    if (required != null) {
      return done(
          RtspResponses.of(RtspResponseStatuses.OPTION_NOT_SUPPORTED, UNSUPPORTED, required));
    }
    return request.method().equals("SETUP") ? setUp(request) : done(respond(request));
  }

  private FullHttpResponse respond(RtspRequest request) {
    return switch (request.method()) {
      case "OPTIONS" -> options(request);
      case "ANNOUNCE" -> announce(request);
      case "RECORD" -> inSession(request, this::record);
      case "PAUSE" -> inSession(request, this::pause);
      case "TEARDOWN" -> inSession(request, this::tearDown);
      case "GET_PARAMETER", "SET_PARAMETER" -> parameter(request);
      case "DESCRIBE", "PLAY", "REDIRECT" ->
          RtspResponses.of(RtspResponseStatuses.METHOD_NOT_ALLOWED, ALLOW, METHODS);
      default -> RtspResponses.of(RtspResponseStatuses.NOT_IMPLEMENTED);
    };
  }

  private FullHttpResponse options(RtspRequest request) {
    return namesOtherSession(request)
        ? RtspResponses.of(RtspResponseStatuses.SESSION_NOT_FOUND)
        : RtspResponses.of(RtspResponseStatuses.OK, PUBLIC, METHODS);
  }

  private FullHttpResponse announce(RtspRequest request) {
    if (session != null) {
      return notValidNow();
    }
    AnnounceHandler.Outcome outcome = announcements.handle(request);
    RtspSession opened = outcome.session();
    FullHttpResponse refusal = outcome.refusal();
    if (opened == null || refusal != null) {
      return Objects.requireNonNull(refusal);
    }
    session = opened;
    return ok(opened);
  }

  private CompletableFuture<FullHttpResponse> setUp(RtspRequest request) {
    RtspSession current = session;
    if (current == null) {
      return done(noSession(request));
    }
    if (namesOtherSession(request)) {
      return done(RtspResponses.of(RtspResponseStatuses.SESSION_NOT_FOUND));
    }
    RtspUri uri = RtspUri.parse(request.uri());
    String transport = request.header(TRANSPORT);
    if (uri == null || transport == null) {
      String reason = uri == null ? "the URI is none of RTSP" : "there is no Transport header";
      return done(RtspResponses.of(RtspResponseStatuses.BAD_REQUEST, reason));
    }
    int track = current.trackIndex(uri);
    if (track == RtspSession.NO_TRACK) {
      return done(
          RtspResponses.of(
              current.isAggregate(uri)
                  ? RtspResponseStatuses.AGGREGATE_OPERATION_NOT_ALLOWED
                  : RtspResponseStatuses.NOT_FOUND,
              "no a=control of the announcement resolves to this URI"));
    }
    if (current.media().isStarted() || current.isSetUp(track)) {
      return done(notValidNow());
    }
    return current
        .setUp(track, TransportSpec.parse(transport))
        .handle((chosen, failure) -> setUpResponse(current, chosen, failure));
  }

  private FullHttpResponse setUpResponse(
      RtspSession current, @Nullable String transport, @Nullable Throwable failure) {
    if (failure != null) {
      LOG.warn("Cannot set up {} over UDP: {}", current.streamName(), failure.toString());
      return RtspResponses.of(RtspResponseStatuses.SERVICE_UNAVAILABLE);
    }
    if (transport == null) {
      return RtspResponses.of(
          RtspResponseStatuses.UNSUPPORTED_TRANSPORT,
          "taken are free channels of RTP/AVP/TCP"
              + (server.options().udp() ? " and unicast RTP/AVP" : ", not UDP")
              + ", to record");
    }
    FullHttpResponse response = ok(current);
    response.headers().set(TRANSPORT, transport);
    return response;
  }

  private FullHttpResponse record(RtspSession current) {
    if (!current.media().hasRelayedTrack()) {
      return notValidNow();
    }
    try {
      current.media().start(current.streamName());
    } catch (Throwable failure) { // the host's listener may throw anything
      LOG.warn("Cannot publish {}", current.streamName(), failure);
      return RtspResponses.of(RtspResponseStatuses.SERVICE_UNAVAILABLE);
    }
    connection.onRecord();
    return ok(current);
  }

  private FullHttpResponse pause(RtspSession current) {
    if (!current.media().isRecording()) {
      return notValidNow();
    }
    current.media().pause();
    return ok(current);
  }

  private FullHttpResponse tearDown(RtspSession current) {
    close();
    connection.onTearDown();
    return ok(current);
  }

  /** Does something in the session, which a request need not name: a connection has one only. */
  private FullHttpResponse inSession(
      RtspRequest request, Function<RtspSession, FullHttpResponse> action) {
    RtspSession current = session;
    if (current == null) {
      return noSession(request);
    }
    if (namesOtherSession(request)) {
      return RtspResponses.of(RtspResponseStatuses.SESSION_NOT_FOUND);
    }
    if (request.uri().equals(ANY_URI)) {
      return action.apply(current);
    }
    RtspUri uri = RtspUri.parse(request.uri());
    if (uri == null) {
      return RtspResponses.of(RtspResponseStatuses.BAD_REQUEST, "the URI is none of RTSP");
    }
    return current.isAggregate(uri) || current.trackIndex(uri) != RtspSession.NO_TRACK
        ? action.apply(current)
        : RtspResponses.of(RtspResponseStatuses.NOT_FOUND, "the session has another URI");
  }

  /** Keeps the session alive; there is no parameter to read or write. */
  private FullHttpResponse parameter(RtspRequest request) {
    if (namesOtherSession(request)) {
      return RtspResponses.of(RtspResponseStatuses.SESSION_NOT_FOUND);
    }
    return RtspResponses.of(
        request.body().length == 0
            ? RtspResponseStatuses.OK
            : RtspResponseStatuses.PARAMETER_NOT_UNDERSTOOD);
  }

  private boolean namesOtherSession(RtspRequest request) {
    String id = request.sessionId();
    return id != null && (session == null || !session.id().equals(id));
  }

  private FullHttpResponse noSession(RtspRequest request) {
    return request.sessionId() == null
        ? notValidNow()
        : RtspResponses.of(RtspResponseStatuses.SESSION_NOT_FOUND);
  }

  private FullHttpResponse notValidNow() {
    String allowed = METHODS_WHEN_INIT;
    if (session != null) {
      allowed = session.media().isRecording() ? METHODS_WHEN_RECORDING : METHODS_WHEN_READY;
    }
    return RtspResponses.of(RtspResponseStatuses.METHOD_NOT_VALID, ALLOW, allowed);
  }

  private FullHttpResponse ok(RtspSession current) {
    long timeout = TimeUnit.NANOSECONDS.toSeconds(server.options().sessionTimeoutNanos());
    return RtspResponses.of(RtspResponseStatuses.OK, SESSION, current.id() + ";timeout=" + timeout);
  }

  private static CompletableFuture<FullHttpResponse> done(FullHttpResponse response) {
    return CompletableFuture.completedFuture(response);
  }

  /** Ends the session, if there is one. */
  void close() {
    RtspSession ending = session;
    session = null;
    if (ending != null) {
      ending.close();
    }
  }
}
