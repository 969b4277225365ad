package dev.sluice;

/**
 * One WebRTC peer that publishes a stream. It does so from the moment on when it is connected:
 * until then another publisher goes on, and then that one is replaced. The session ends when the
 * peer goes, and when another publisher takes the stream over; the stream's media ends with it.
 * Safe for any thread.
 */
public interface Ingest extends PeerSession {

  /** {@return what came from it; from any thread, each figure as of a moment ago} */
  IngestStatistics statistics();
}
