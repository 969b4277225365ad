package dev.sluice.rtsp;

import static dev.sluice.rtsp.HeaderNames.ALLOW;
import static dev.sluice.rtsp.HeaderNames.PUBLIC;
import static dev.sluice.rtsp.HeaderNames.RANGE;
import static dev.sluice.rtsp.HeaderNames.REQUIRE;
import static dev.sluice.rtsp.HeaderNames.RTP_INFO;
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
 * session), Ready, Recording and Playing of RFC 2326, appendix A.2.
 */
final class RequestHandler {
  private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);

  private static final String VERSION = "RTSP/1.0";
  private static final String ANY_URI = "*";
  private static final String METHODS =
      "OPTIONS, ANNOUNCE, DESCRIBE, SETUP, RECORD, PLAY, PAUSE, TEARDOWN, GET_PARAMETER,"
          + " SET_PARAMETER";
  private static final String METHODS_WHEN_INIT =
      "OPTIONS, ANNOUNCE, DESCRIBE, GET_PARAMETER, SET_PARAMETER";
  private final ServerContext server;
  private final RtspConnection connection;
  private final AnnounceHandler announcements;
  private final PlayHandler players;
  private @Nullable Session session;

  RequestHandler(ServerContext server, RtspConnection connection) {
    this.server = server;
    this.connection = connection;
    AccessGate gate = new AccessGate(server, connection);
    announcements = new AnnounceHandler(server, connection, gate);
    players = new PlayHandler(server, connection, gate);
  }

  @Nullable Session session() {
    return session;
  }

  void onWritable() {
    if (session != null) {
      session.media().onWritable();
    }
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
    return switch (request.method()) {
      case "SETUP" -> setUp(request);
      case "DESCRIBE" -> session == null ? players.describe(request) : done(notValidNow());
      default -> done(respond(request));
    };
  }

  private FullHttpResponse respond(RtspRequest request) {
    return switch (request.method()) {
      case "OPTIONS" -> options(request);
      case "ANNOUNCE" -> announce(request);
      case "RECORD" -> inSession(request, this::record);
      case "PLAY" -> inSession(request, current -> play(current, request));
      case "PAUSE" -> inSession(request, this::pause);
      case "TEARDOWN" -> inSession(request, this::tearDown);
      case "GET_PARAMETER", "SET_PARAMETER" -> parameter(request);
      case "REDIRECT" -> RtspResponses.of(RtspResponseStatuses.METHOD_NOT_ALLOWED, ALLOW, METHODS);
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
    players.close();
    session = opened;
    return ok(opened);
  }

  private CompletableFuture<FullHttpResponse> setUp(RtspRequest request) {
    if (session == null) {
      session = players.take();
    }
    Session current = session;
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
    if (track == Session.NO_TRACK) {
      return done(
          RtspResponses.of(
              current.isAggregate(uri)
                  ? RtspResponseStatuses.AGGREGATE_OPERATION_NOT_ALLOWED
                  : RtspResponseStatuses.NOT_FOUND,
              "no a=control of the description resolves to this URI"));
    }
    if (!current.mayBeSetUp(track)) {
      return done(notValidNow());
    }
    return current
        .setUp(track, transport)
        .handle((chosen, failure) -> setUpResponse(current, chosen, failure));
  }

  private FullHttpResponse setUpResponse(
      Session current, @Nullable String transport, @Nullable Throwable failure) {
    if (failure != null) {
      LOG.warn("Cannot set up {} over UDP: {}", current.streamName(), failure.toString());
      return RtspResponses.of(RtspResponseStatuses.SERVICE_UNAVAILABLE);
    }
    if (transport == null) {
      return RtspResponses.of(
          RtspResponseStatuses.UNSUPPORTED_TRANSPORT,
          "taken are free channels of RTP/AVP/TCP"
              + (server.options().udp() ? " and unicast RTP/AVP" : ", not UDP")
              + (current instanceof PlaySession ? ", to play" : ", to record"));
    }
    FullHttpResponse response = ok(current);
    response.headers().set(TRANSPORT, transport);
    return response;
  }

  private FullHttpResponse record(Session current) {
    if (!(current instanceof RtspSession publishing) || !publishing.media().hasRelayedTrack()) {
      return notValidNow();
    }
    try {
      publishing.media().start(current.streamName());
    } catch (Throwable failure) { // the host's listener may throw anything
      LOG.warn("Cannot publish {}", current.streamName(), failure);
      return RtspResponses.of(RtspResponseStatuses.SERVICE_UNAVAILABLE);
    }
    connection.onStart();
    return ok(current);
  }

  private FullHttpResponse play(Session current, RtspRequest request) {
    if (!(current instanceof PlaySession playing) || !playing.media().hasTracks()) {
      return notValidNow();
    }
    FullHttpResponse response = ok(current);
    response.headers().set(RANGE, "npt=now-");
    response.headers().set(RTP_INFO, playing.rtpInfo(PlayHandler.base(request.uri())));
    playing.media().play(playing.reader());
    connection.eventLoop().execute(() -> connection.run(playing.media()::send));
    connection.onStart();
    return response;
  }

  private FullHttpResponse pause(Session current) {
    if (current instanceof PlaySession playing && playing.media().isPlaying()) {
      playing.media().pause();
      return ok(current);
    }
    if (current instanceof RtspSession publishing && publishing.media().isRecording()) {
      publishing.media().pause();
      return ok(current);
    }
    return notValidNow();
  }

  private FullHttpResponse tearDown(Session current) {
    close();
    connection.onTearDown();
    return ok(current);
  }

  /** Does something in the session, which a request need not name: a connection has one only. */
  private FullHttpResponse inSession(
      RtspRequest request, Function<Session, FullHttpResponse> action) {
    Session current = session;
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
    return current.isAggregate(uri) || current.trackIndex(uri) != Session.NO_TRACK
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
    String allowed = session == null ? METHODS_WHEN_INIT : session.validMethods();
    return RtspResponses.of(RtspResponseStatuses.METHOD_NOT_VALID, ALLOW, allowed);
  }

  private FullHttpResponse ok(Session current) {
    long timeout = TimeUnit.NANOSECONDS.toSeconds(server.options().sessionTimeoutNanos());
    return RtspResponses.of(RtspResponseStatuses.OK, SESSION, current.id() + ";timeout=" + timeout);
  }

  private static CompletableFuture<FullHttpResponse> done(FullHttpResponse response) {
    return CompletableFuture.completedFuture(response);
  }

  /** Ends the session, if there is one. */
  void close() {
    Session ending = session;
    session = null;
    players.close();
    if (ending != null) {
      ending.close();
    }
  }
}
