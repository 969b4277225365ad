package dev.sluice.stream;

import dev.sluice.TrackDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Who publishes one encoding of a stream, and its tracks, which outlive publishers. Changed under
 * the registry's lock, read by any thread.
 */
final class PublishedTracks {
  private static final long KEYFRAME_INTERVAL_NANOS = 500_000_000L;

  private final List<Track> tracks = new CopyOnWriteArrayList<>();
  private volatile @Nullable Publication publisher;
  private volatile @Nullable Publication latest;

  /** who publishes at this moment */
  @Nullable Publication publisher() {
    return publisher;
  }

  /** who publishes, or did last */
  @Nullable Publication latest() {
    return latest;
  }

  void publisher(@Nullable Publication current) {
    publisher = current;
    if (current != null) {
      latest = current;
    }
  }

  /**
   * Finds the tracks that a new publisher's media go to, so that who reads one goes on with what is
   * published under its name, or, where no track of that name and codec is there, with another of
   * its codec.
   *
   * @param descriptions what is to be published
   * @return a track for each
   */
  List<Track> claim(List<TrackDescription> descriptions) {
    List<Track> free = new ArrayList<>(tracks);
    List<@Nullable Track> claimed = new ArrayList<>();
    for (TrackDescription description : descriptions) {
      claimed.add(take(free, description, description.name()));
    }
    List<Track> found = new ArrayList<>();
    for (int i = 0; i < descriptions.size(); i++) {
      Track track = claimed.get(i);
      found.add(track == null ? takeOrMake(free, descriptions.get(i)) : track);
    }
    return found;
  }

  private Track takeOrMake(List<Track> free, TrackDescription description) {
    Track another = take(free, description, null);
    if (another != null) {
      return another;
    }
    Track made = new Track(description.name(), description.codec(), KEYFRAME_INTERVAL_NANOS);
    tracks.add(made);
    return made;
  }

  private static @Nullable Track take(
      List<Track> free, TrackDescription description, @Nullable String trackName) {
    for (Track track : free) {
      if (track.codec() == description.codec()
          && (trackName == null || trackName.equals(track.name()))) {
        free.remove(track);
        return track;
      }
    }
    return null;
  }

  /** No track has a source any more. */
  void silence() {
    tracks.forEach(track -> track.source(null, null));
  }

  List<Track> tracks() {
    return tracks;
  }
}
