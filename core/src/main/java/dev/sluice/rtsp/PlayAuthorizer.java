package dev.sluice.rtsp;

/**
 * Decides who may play a stream by RTSP; written by the host.
 *
 * <p>Security: the server's default accepts everybody who can reach its port, as for publishing,
 * and what is played is neither encrypted nor protected against change; see {@link
 * PublishAuthorizer}.
 */
@FunctionalInterface
public interface PlayAuthorizer {

  /**
   * Decides about one DESCRIBE. Called on an event loop: it must not block. Whatever it throws
   * counts as a refusal.
   *
   * @param request who wants to play what
   * @return whether the peer may; if not, it is answered with 401, which asks for credentials, and
   *     its connection is closed when it was refused too often
   */
  boolean mayPlay(AccessRequest request);
}
