package dev.sluice;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream frame by frame, for recordings, snapshots or computer vision. It begins at the
 * newest keyframe and goes at the host's pace: one that is seconds behind goes on at the newest
 * keyframe, and says so. It outlives publishers, as viewers do.
 *
 * <p>All methods are called on the executor that it was opened with.
 */
public interface FrameReader extends AutoCloseable {

  /** {@return the tracks that were published when it was opened, in that order} */
  List<TrackDescription> tracks();

  /**
   * Reads the next frame, of whichever track has one: the one that came first.
   *
   * @return null when there is no complete frame now
   */
  @Nullable Frame next();

  /**
   * {@return whether somebody publishes any of its tracks at this moment, and picture and sound in
   * no other codecs than it reads}
   */
  boolean isPublished();

  /** Reads no more and lets go of the stream. */
  @Override
  void close();
}
