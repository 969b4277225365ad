package dev.sluice.webrtc;

import dev.sluice.BitrateListener;
import dev.sluice.PublisherContext;
import dev.sluice.TrackDescription;
import dev.sluice.receive.MediaSink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What a peer publishes as one: its tracks, or of simulcast one encoding (RFC 8853), the first with
 * all that there is but once.
 */
final class IncomingEncoding {
  private final @Nullable String rid;
  private final List<IncomingTrack> tracks = new ArrayList<>();
  private final AtomicBoolean keyframeWanted = new AtomicBoolean();
  private @Nullable MediaSink sink;
  private boolean keyframeOwed;
  private volatile long bitrateHint = BitrateListener.UNLIMITED;

  private IncomingEncoding(@Nullable String rid) {
    this.rid = rid;
  }

  /** puts tracks together, what there is but once in front */
  static List<IncomingEncoding> of(List<IncomingTrack> tracks) {
    String first =
        tracks.stream().map(IncomingTrack::rid).filter(Objects::nonNull).findFirst().orElse(null);
    Map<String, IncomingEncoding> encodings = new LinkedHashMap<>();
    String own = Objects.requireNonNullElse(first, PublisherContext.MAIN);
    encodings.put(own, new IncomingEncoding(first));
    for (IncomingTrack track : tracks) {
      String id = Objects.requireNonNullElse(track.rid(), own);
      encodings.computeIfAbsent(id, IncomingEncoding::new).tracks.add(track);
    }
    return List.copyOf(encodings.values());
  }

  List<IncomingTrack> tracks() {
    return tracks;
  }

  /** Publishes it, in place of what it published before in other formats. */
  void open(
      MediaSink.Opener opener, String streamName, PublisherContext from, Runnable keyframeRequest) {
    List<TrackDescription> descriptions = tracks.stream().map(IncomingTrack::description).toList();
    PublisherContext context = rid == null ? from : from.withRendition(rid);
    MediaSink former = sink;
    bitrateHint = BitrateListener.UNLIMITED;
    MediaSink target = opener.open(streamName, descriptions, context, keyframeRequest);
    target.onBitrateHint(bitrate -> bitrateHint = bitrate);
    sink = target;
    for (int i = 0; i < tracks.size(); i++) {
      tracks.get(i).receiver().start(target, i);
    }
    if (former != null) {
      former.close();
    }
  }

  /** its sink; null before it is published */
  @Nullable MediaSink sink() {
    return sink;
  }

  /** bits per second that it should not exceed, {@link BitrateListener#UNLIMITED} for no limit */
  long bitrateHint() {
    return bitrateHint;
  }

  void flush() {
    if (sink != null) {
      sink.flush();
    }
  }

  void close() {
    if (sink != null) {
      sink.close();
    }
  }

  /** a keyframe is wanted from now on; whether it was not before; any thread */
  boolean wantKeyframe() {
    return keyframeWanted.compareAndSet(false, true);
  }

  /** a request for a keyframe is on its way, or could not be made; any thread */
  void keyframeHandled() {
    keyframeWanted.set(false);
  }

  /** whether a request waits for the first packet of its source */
  boolean isKeyframeOwed() {
    return keyframeOwed;
  }

  void keyframeOwed(boolean owed) {
    keyframeOwed = owed;
  }
}
