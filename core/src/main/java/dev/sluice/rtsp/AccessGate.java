package dev.sluice.rtsp;

import static dev.sluice.rtsp.HeaderNames.CONNECTION;

import io.netty.handler.codec.http.FullHttpResponse;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the host who may do what, and challenges who may not. */
final class AccessGate {
  private static final Logger LOG = LoggerFactory.getLogger(AccessGate.class);
  private static final int MAX_REFUSALS = 3;

  private final ServerContext server;
  private final RtspConnection connection;
  private int refusals;

  AccessGate(ServerContext server, RtspConnection connection) {
    this.server = server;
    this.connection = connection;
  }

  /** who asks, when the host lets it; null when not */
  @Nullable AccessRequest admit(
      RtspUri uri, String rendition, RtspRequest request, Predicate<AccessRequest> authorizer) {
    AccessRequest access =
        new AccessRequest(
            uri.path(),
            rendition,
            connection.remoteAddress(),
            uri.query(),
            server.authentication().credentials(request, connection.remoteAddress().getAddress()));
    try {
      return authorizer.test(access) ? access : null;
    } catch (Throwable failure) { // the host's code may throw anything
      LOG.warn("The authorizer failed on {}", access, failure);
      return null;
    }
  }

  /**
   * the answer to who may not: it asks for credentials, and closes when that was asked too often
   */
  FullHttpResponse challenge(RtspRequest request) {
    server.counters().unauthorized.increment();
    FullHttpResponse response =
        server.authentication().challenge(request, connection.remoteAddress().getAddress());
    if (++refusals == MAX_REFUSALS) {
      response.headers().set(CONNECTION, "close");
    }
    return response;
  }
}
