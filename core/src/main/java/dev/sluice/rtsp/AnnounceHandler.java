package dev.sluice.rtsp;

import static dev.sluice.rtsp.HeaderNames.AUTHORIZATION;
import static dev.sluice.rtsp.HeaderNames.CONTENT_BASE;
import static dev.sluice.rtsp.HeaderNames.CONTENT_ENCODING;
import static dev.sluice.rtsp.HeaderNames.CONTENT_TYPE;

import dev.sluice.PublisherContext;
import dev.sluice.StreamName;
import dev.sluice.sdp.SdpException;
import dev.sluice.sdp.SessionDescription;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.rtsp.RtspResponseStatuses;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers ANNOUNCE, which opens a session: who may publish, and is there anything to relay. */
final class AnnounceHandler {

  /**
   * What came of an announcement.
   *
   * @param refusal the response, or null when a session was opened
   * @param session the session it opened, or null when it was refused
   */
  record Outcome(@Nullable FullHttpResponse refusal, @Nullable RtspSession session) {}

  /** an RFC 8851 restriction identifier */
  private static final Pattern RENDITION = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** what decoding leaves of bytes that are not UTF-8 */
  private static final char REPLACEMENT = '\uFFFD';

  private final ServerContext server;
  private final RtspConnection connection;
  private final AccessGate gate;

  AnnounceHandler(ServerContext server, RtspConnection connection, AccessGate gate) {
    this.server = server;
    this.connection = connection;
    this.gate = gate;
  }

  Outcome handle(RtspRequest request) {
    RtspUri uri = RtspUri.parse(request.uri());
    String nameless = uri == null ? "the URI is none of RTSP" : refusal(uri);
    if (uri == null || nameless != null) {
      return refused(uri, RtspResponseStatuses.BAD_REQUEST, String.valueOf(nameless));
    }
    AccessRequest publisher =
        gate.admit(uri, rendition(uri), request, server.options().authorizer()::mayPublish);
    if (publisher == null) {
      return new Outcome(unauthorized(uri, request), null);
    }
    if (!isSdp(request)) {
      return refused(
          uri,
          RtspResponseStatuses.UNSUPPORTED_MEDIA_TYPE,
          "an announcement is application/sdp, without an encoding");
    }
    List<AnnouncedTrack> tracks;
    try {
      String sdp = new String(request.body(), StandardCharsets.UTF_8);
      tracks = relayed(AnnouncedTrack.of(SessionDescription.parse(sdp)), publisher);
    } catch (SdpException malformed) {
      return refused(uri, RtspResponseStatuses.BAD_REQUEST, describe(malformed));
    }
    return open(uri, request, tracks, publisher);
  }

  /** says why a URI names no stream, or no rendition of it; or null */
  private static @Nullable String refusal(RtspUri uri) {
    if (uri.path().indexOf(REPLACEMENT) >= 0) {
      return "the stream's name is not UTF-8";
    }
    if (!RENDITION.matcher(rendition(uri)).matches()) {
      return "a rendition's name is of letters, digits, - and _, 64 at most";
    }
    try {
      StreamName.of(uri.path());
      return null;
    } catch (IllegalArgumentException noName) {
      return noName.getMessage();
    }
  }

  private static String rendition(RtspUri uri) {
    return Objects.requireNonNullElse(uri.parameter("rendition"), PublisherContext.MAIN);
  }

  private static List<AnnouncedTrack> relayed(
      List<AnnouncedTrack> tracks, AccessRequest publisher) {
    return publisher.rendition().equals(PublisherContext.MAIN)
        ? tracks
        : tracks.stream().map(AnnouncedTrack::ofRendition).toList();
  }

  private static String describe(SdpException malformed) {
    return Objects.requireNonNullElse(malformed.getMessage(), "malformed session description");
  }

  private Outcome open(
      RtspUri uri, RtspRequest request, List<AnnouncedTrack> tracks, AccessRequest publisher) {
    if (tracks.stream().noneMatch(AnnouncedTrack::isRelayed)) {
      return refused(
          uri, RtspResponseStatuses.UNSUPPORTED_MEDIA_TYPE, AnnouncedTrack.refusals(tracks));
    }
    server.counters().media.countDropped(uri.path(), tracks, server.log()::warn);
    RtspSession session =
        RtspSession.open(server, connection, bases(uri, request), tracks, publisher);
    return session == null
        ? refused(uri, RtspResponseStatuses.SERVICE_UNAVAILABLE, "there are too many publishers")
        : new Outcome(null, session);
  }

  /** what the controls of tracks are relative to (RFC 2326, appendix C.1.1) */
  private static List<RtspUri> bases(RtspUri uri, RtspRequest request) {
    List<RtspUri> bases = new ArrayList<>(List.of(uri));
    String contentBase = request.header(CONTENT_BASE);
    RtspUri other = contentBase == null ? null : RtspUri.parse(contentBase);
    if (other != null) {
      bases.add(other);
    }
    return bases;
  }

  private FullHttpResponse unauthorized(RtspUri uri, RtspRequest request) {
    if (request.header(AUTHORIZATION) != null) {
      tell(uri.path(), "the authorizer did not accept its credentials");
    }
    return gate.challenge(request);
  }

  private static boolean isSdp(RtspRequest request) {
    String type = Objects.requireNonNullElse(request.header(CONTENT_TYPE), "");
    return type.split(";", 2)[0].strip().equalsIgnoreCase("application/sdp")
        && request.header(CONTENT_ENCODING) == null;
  }

  private Outcome refused(@Nullable RtspUri uri, HttpResponseStatus status, String reason) {
    server.counters().announcementsRefused.increment();
    tell(uri == null ? "" : uri.path(), reason);
    return new Outcome(RtspResponses.of(status, reason), null);
  }

  private void tell(String streamName, String reason) {
    server
        .log()
        .warn(
            "Refused to publish '%s' from %s: %s"
                .formatted(streamName, connection.remoteAddress(), reason));
    server.sinks().refused(streamName, connection.remoteAddress(), reason);
  }
}
