package dev.sluice;

import dev.sluice.session.Track;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A named stream: at most one publisher, any number of viewers. It lives as long as it has either.
 */
public final class LiveStream {
  private static final long KEYFRAME_INTERVAL_NANOS = 500_000_000L;

  private final String name;
  private final Map<Codec, Track> tracks = Collections.synchronizedMap(new EnumMap<>(Codec.class));
  private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Publisher publisher;
  private volatile @Nullable Publisher latest;

  LiveStream(String name) {
    this.name = name;
  }

  /** {@return its name, as given to {@link RelayEngine#publish}} */
  public String name() {
    return name;
  }

  /** {@return whether somebody publishes it at this moment} */
  public boolean isLive() {
    return publisher != null;
  }

  /** {@return the tracks of the current publisher, or of the last one while there is none} */
  public List<TrackDescription> tracks() {
    Publisher last = latest;
    return last == null ? List.of() : last.tracks();
  }

  /** {@return who watches it at this moment} */
  public Collection<Viewer> viewers() {
    return new ArrayList<>(viewers);
  }

  Set<Viewer> viewerSet() {
    return viewers;
  }

  /** who publishes it, or did last; null before the first */
  @Nullable Publisher latest() {
    return latest;
  }

  @Nullable Publisher publisher() {
    return publisher;
  }

  void publisher(@Nullable Publisher current) {
    publisher = current;
    if (current != null) {
      latest = current;
    }
  }

  /** the track that viewers of this codec read, whoever publishes it */
  Track track(Codec codec) {
    return tracks.computeIfAbsent(
        codec, c -> new Track(c == Codec.H264, c.clockRate(), KEYFRAME_INTERVAL_NANOS));
  }

  /** No track has a source any more. */
  void silence() {
    synchronized (tracks) {
      tracks.values().forEach(track -> track.source(null, null));
    }
  }
}
