package dev.sluice.rtsp;

import static dev.sluice.rtsp.HeaderNames.AUTHORIZATION;
import static dev.sluice.rtsp.HeaderNames.CONNECTION;
import static dev.sluice.rtsp.HeaderNames.CONTENT_ENCODING;
import static dev.sluice.rtsp.HeaderNames.CONTENT_TYPE;
import static dev.sluice.rtsp.HeaderNames.WWW_AUTHENTICATE;

import dev.sluice.sdp.SdpException;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.rtsp.RtspResponseStatuses;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers ANNOUNCE, which opens a session: who may publish, and is there anything to relay. */
final class AnnounceHandler {

  /**
   * What came of an announcement.
   *
   * @param session the session it opened, or null when it was refused
   */
  record Outcome(FullHttpResponse response, @Nullable RtspSession session) {}

  private static final Logger LOG = LoggerFactory.getLogger(AnnounceHandler.class);
  private static final String CHALLENGE = "Basic realm=\"sluice\", charset=\"UTF-8\"";
  private static final int MAX_REFUSALS = 3;

  private final ServerContext server;
  private int refusals;

  AnnounceHandler(ServerContext server) {
    this.server = server;
  }

  Outcome handle(RtspRequest request, RtspConnection connection) {
    RtspUri uri = RtspUri.parse(request.uri());
    if (uri == null || !StreamNames.isValid(uri.path())) {
      return refused(RtspResponseStatuses.BAD_REQUEST);
    }
    if (!mayPublish(uri, request, connection)) {
      return new Outcome(unauthorized(), null);
    }
    if (!isSdp(request)) {
      return refused(RtspResponseStatuses.UNSUPPORTED_MEDIA_TYPE);
    }
    List<AnnouncedTrack> tracks;
    try {
      tracks = AnnouncedTrack.parse(new String(request.body(), StandardCharsets.UTF_8));
    } catch (SdpException malformed) {
      LOG.debug("Refusing to publish {}: {}", uri, malformed.getMessage());
      return refused(RtspResponseStatuses.BAD_REQUEST);
    }
    if (tracks.stream().noneMatch(AnnouncedTrack::isRelayed)) {
      return refused(RtspResponseStatuses.UNSUPPORTED_MEDIA_TYPE);
    }
    RtspSession session = RtspSession.open(server, connection, uri, tracks);
    return session == null
        ? refused(RtspResponseStatuses.SERVICE_UNAVAILABLE)
        : new Outcome(RtspResponses.of(RtspResponseStatuses.OK), session);
  }

  private boolean mayPublish(RtspUri uri, RtspRequest request, RtspConnection connection) {
    PublishRequest publish =
        new PublishRequest(
            uri.path(),
            connection.remoteAddress(),
            uri.query(),
            BasicCredentials.parse(request.header(AUTHORIZATION)));
    try {
      return server.options().authorizer().mayPublish(publish);
    } catch (RuntimeException failure) {
      LOG.warn("The authorizer failed on {}", publish, failure);
      return false;
    }
  }

  private FullHttpResponse unauthorized() {
    server.counters().unauthorized.increment();
    FullHttpResponse response =
        RtspResponses.of(RtspResponseStatuses.UNAUTHORIZED, WWW_AUTHENTICATE, CHALLENGE);
    if (++refusals == MAX_REFUSALS) {
      response.headers().set(CONNECTION, "close");
    }
    return response;
  }

  private static boolean isSdp(RtspRequest request) {
    String type = request.header(CONTENT_TYPE);
    CharSequence mimeType = type == null ? null : HttpUtil.getMimeType(type);
    return mimeType != null
        && "application/sdp".equalsIgnoreCase(mimeType.toString().strip())
        && request.header(CONTENT_ENCODING) == null;
  }

  private static Outcome refused(HttpResponseStatus status) {
    return new Outcome(RtspResponses.of(status), null);
  }
}
