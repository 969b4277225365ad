package dev.sluice.rtsp;

import static dev.sluice.rtsp.HeaderNames.CONTENT_BASE;
import static dev.sluice.rtsp.HeaderNames.CONTENT_TYPE;

import dev.sluice.LimitExceededException;
import dev.sluice.PublisherContext;
import dev.sluice.StreamNotReadyException;
import dev.sluice.UnknownStreamException;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.rtsp.RtspResponseStatuses;
import io.netty.handler.codec.rtsp.RtspVersions;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Answers DESCRIBE, and keeps what was described until it is set up. */
final class PlayHandler {
  private final ServerContext server;
  private final RtspConnection connection;
  private final AccessGate gate;
  private @Nullable PlaySession described;
  private @Nullable CompletableFuture<?> awaited;

  PlayHandler(ServerContext server, RtspConnection connection, AccessGate gate) {
    this.server = server;
    this.connection = connection;
    this.gate = gate;
  }

  /** answers when the stream is there, or will not come; on the event loop */
  CompletableFuture<FullHttpResponse> describe(RtspRequest request) {
    RtspUri uri = RtspUri.parse(request.uri());
    if (uri == null) {
      return CompletableFuture.completedFuture(
          RtspResponses.of(RtspResponseStatuses.BAD_REQUEST, "the URI is none of RTSP"));
    }
    if (gate.admit(uri, PublisherContext.MAIN, request, server.options().playAuthorizer()::mayPlay)
        == null) {
      return CompletableFuture.completedFuture(gate.challenge(request));
    }
    close();
    CompletableFuture<?> demand = server.streams().demand(uri.path()).toCompletableFuture();
    awaited = demand;
    return demand.isDone()
        ? demand.handle((found, failure) -> describe(uri, request, failure))
        : demand.handleAsync(
            (found, failure) -> describe(uri, request, failure), connection.eventLoop());
  }

  private FullHttpResponse describe(RtspUri uri, RtspRequest request, @Nullable Throwable failure) {
    awaited = null;
    if (!connection.channel().isActive()) {
      return RtspResponses.of(RtspResponseStatuses.SERVICE_UNAVAILABLE);
    }
    String unavailable = unavailable(failure);
    if (unavailable != null) {
      return refused(uri, RtspResponseStatuses.SERVICE_UNAVAILABLE, unavailable);
    }
    try {
      described = PlaySession.open(server, connection, uri);
    } catch (UnknownStreamException unknown) {
      return refused(uri, RtspResponseStatuses.NOT_FOUND, "there is no such stream");
    }
    PlaySession opened = described;
    return opened == null
        ? refused(uri, RtspResponseStatuses.SERVICE_UNAVAILABLE, "too many play")
        : description(request, opened);
  }

  /** says why a stream that there may be cannot be had now, or null */
  private static @Nullable String unavailable(@Nullable Throwable failure) {
    if (failure instanceof StreamNotReadyException) {
      return "its source did not begin";
    }
    if (failure instanceof LimitExceededException) {
      return "too many wait for streams";
    }
    return failure instanceof IllegalStateException ? "the relay is shutting down" : null;
  }

  private FullHttpResponse refused(RtspUri uri, HttpResponseStatus status, String reason) {
    server
        .log()
        .warn(
            "Refused to play '%s' to %s: %s"
                .formatted(uri.path(), connection.remoteAddress(), reason));
    return RtspResponses.of(status, reason);
  }

  private FullHttpResponse description(RtspRequest request, PlaySession session) {
    byte[] sdp = PlayDescription.of(session).getBytes(StandardCharsets.UTF_8);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            RtspVersions.RTSP_1_0, RtspResponseStatuses.OK, Unpooled.wrappedBuffer(sdp));
    response.headers().set(CONTENT_TYPE, "application/sdp");
    response.headers().set(CONTENT_BASE, base(request.uri()) + "/");
    response.headers().set(HeaderNames.CONTENT_LENGTH, sdp.length);
    return response;
  }

  /** a URI without its query, which may hold a secret, and without slashes at its end */
  static String base(String uri) {
    int query = uri.indexOf('?');
    int end = query < 0 ? uri.length() : query;
    while (end > 0 && uri.charAt(end - 1) == '/') {
      end--;
    }
    return uri.substring(0, end);
  }

  /** {@return what was described, which is the caller's from now on; null when nothing was} */
  @Nullable PlaySession take() {
    PlaySession taken = described;
    described = null;
    return taken;
  }

  /** Forgets what was described, and waits for no stream any more. */
  void close() {
    CompletableFuture<?> leaving = awaited;
    awaited = null;
    if (leaving != null) {
      leaving.cancel(false);
    }
    PlaySession forgotten = take();
    if (forgotten != null) {
      forgotten.close();
    }
  }
}
