package dev.sluice.whep;

/**
 * Hears how it goes with a stream that is pulled. Called on an event loop of the engine; must
 * return soon. What it throws is logged.
 */
public interface WhepPullListener {

  /**
   * The source is connected, and its stream is published from now on.
   *
   * @param pull which
   */
  default void connected(WhepPull pull) {}

  /**
   * The source could not be connected to, or left. Unless the pull is closed, or waits until
   * somebody wants the stream, it is tried again.
   *
   * @param pull which
   * @param reason what happened; may quote the endpoint, and holds no token
   */
  default void disconnected(WhepPull pull, String reason) {}
}
