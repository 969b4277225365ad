package dev.sluice;

/** One WebRTC peer that watches a stream. Safe for any thread. */
public interface Viewer extends PeerSession {

  /** {@return what it watches} */
  LiveStream stream();

  @Override
  default String streamName() {
    return stream().name();
  }

  /**
   * {@return what was sent to it and what it said of that; from any thread, each figure as of a
   * moment ago}
   */
  ViewerStatistics statistics();
}
