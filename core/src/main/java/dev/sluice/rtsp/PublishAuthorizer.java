package dev.sluice.rtsp;

/**
 * Decides who may publish; written by the host.
 *
 * <p>Security: the server's default accepts everybody who can reach its port, and a new publisher
 * of a stream's name takes over from the present one. RTSP here is neither encrypted nor protected
 * against change: Basic credentials, the query and the media itself can be read and altered by
 * whoever is on the path. Listen on a loopback address or a trusted network, or put a tunnel in
 * front. Media over UDP is told from others' only by its source address, which can be forged where
 * the network lets it.
 */
@FunctionalInterface
public interface PublishAuthorizer {

  /**
   * Decides about one announcement. Called on an event loop: it must not block. An exception counts
   * as a refusal.
   *
   * @param request who wants to publish what
   * @return whether the peer may; if not, it is answered with 401, which asks for Basic
   *     credentials, and its connection is closed when it was refused too often
   */
  boolean mayPublish(PublishRequest request);
}
