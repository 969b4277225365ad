package dev.sluice;

import org.jspecify.annotations.Nullable;

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

  /**
   * Decides which encoding of the picture it gets, of those that {@link LiveStream#renditions}
   * lists. It gets what it had until the other one has a keyframe, which is asked for.
   *
   * @param id the {@link PublisherContext#rendition} of its publisher, also of one that comes
   *     later: while it is not there, and for null, the viewer gets the best that its link carries
   */
  void rendition(@Nullable String id);
}
