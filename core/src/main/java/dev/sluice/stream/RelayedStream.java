package dev.sluice.stream;

import dev.sluice.LiveStream;
import dev.sluice.Publisher;
import dev.sluice.PublisherTotals;
import dev.sluice.TrackDescription;
import dev.sluice.Viewer;
import dev.sluice.ViewerTotals;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A stream and its tracks, which outlive publishers: viewers read on when another one comes. */
public final class RelayedStream implements LiveStream {
  private static final long KEYFRAME_INTERVAL_NANOS = 500_000_000L;

  private final String name;
  private final List<Track> tracks = new CopyOnWriteArrayList<>();
  private final Tally<Viewer, ViewerSums> viewers = new Tally<>(new ViewerSums());
  private final Tally<Publication, PublisherSums> publishers = new Tally<>(new PublisherSums());
  private final Set<StreamCursor> readers = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Publication publisher;
  private volatile @Nullable Publication latest;

  RelayedStream(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isLive() {
    return publisher != null;
  }

  @Override
  public Optional<Publisher> publisher() {
    return Optional.ofNullable(publisher);
  }

  @Override
  public List<TrackDescription> tracks() {
    Publication last = latest;
    return last == null ? List.of() : last.tracks();
  }

  @Override
  public Collection<Viewer> viewers() {
    return viewers.present();
  }

  @Override
  public PublisherTotals publisherTotals() {
    return publishers.sums().totals();
  }

  @Override
  public ViewerTotals viewerTotals() {
    return viewers.sums().totals();
  }

  /** {@return what can be played: the inputs of who publishes it, or did last} */
  public List<LogInput> inputs() {
    Publication last = latest;
    return last == null ? List.of() : last.inputs();
  }

  /** {@return the thread that writes its media; null while unknown} */
  public @Nullable Thread writer() {
    Publication current = publisher;
    return current == null ? null : current.writer();
  }

  Tally<Viewer, ViewerSums> viewerTally() {
    return viewers;
  }

  Tally<Publication, PublisherSums> publisherTally() {
    return publishers;
  }

  Set<StreamCursor> readerSet() {
    return readers;
  }

  boolean isUnused() {
    return !isLive() && !isWatched();
  }

  /** whether anybody watches or reads it */
  boolean isWatched() {
    return !viewers.isEmpty() || !readers.isEmpty();
  }

  @Nullable Publication current() {
    return publisher;
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
}
