package dev.sluice.rtsp;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a connection does: it publishes, or plays. On its event loop only. */
interface Session {
  int NO_TRACK = -1;

  String id();

  String streamName();

  /** the stream, and which encoding of it, as a log tells it between quotes */
  default String title() {
    return streamName();
  }

  /** the methods that are valid in its present state, as an Allow header lists them */
  String validMethods();

  /** whether a URI names this session's stream as a whole */
  boolean isAggregate(RtspUri uri);

  /** the index of the track that a URI names, or {@link #NO_TRACK} */
  int trackIndex(RtspUri uri);

  /** whether a track may be set up now */
  boolean mayBeSetUp(int track);

  /**
   * Sets a track up with the first transport that can be served.
   *
   * @param transport the request's Transport header
   * @return the header to answer with, or null when none can; fails when there is no free UDP port
   */
  CompletableFuture<@Nullable String> setUp(int track, String transport);

  SessionTraffic media();

  void close();
}
