package dev.sluice.stream;

import dev.sluice.Frame;
import dev.sluice.FrameReader;
import dev.sluice.TrackDescription;
import dev.sluice.codec.NalUnitFraming;
import dev.sluice.spi.StreamReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a stream's tracks frame by frame, in the order in which frames came. */
public final class StreamFrames implements FrameReader {
  private final StreamReader reader;
  private final List<TrackFrames> tracks;

  /**
   * Makes a reader.
   *
   * @param reader gives the packets; closed with this
   * @param framing of NAL units
   */
  public StreamFrames(StreamReader reader, NalUnitFraming framing) {
    this.reader = reader;
    tracks =
        reader.tracks().stream().map(track -> new TrackFrames(reader, track, framing)).toList();
  }

  @Override
  public List<TrackDescription> tracks() {
    return tracks.stream().map(TrackFrames::description).toList();
  }

  @Override
  public @Nullable Frame next() {
    TrackFrames first = null;
    for (TrackFrames track : tracks) {
      if (track.read()
          && (first == null || track.readyArrivalNanos() - first.readyArrivalNanos() < 0)) {
        first = track;
      }
    }
    return first == null ? null : first.poll();
  }

  @Override
  public boolean isPublished() {
    return reader.isPublished();
  }

  @Override
  public void close() {
    reader.close();
  }
}
