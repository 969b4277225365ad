package dev.sluice.stream;

import dev.sluice.LiveStream;
import dev.sluice.Publisher;
import dev.sluice.PublisherTotals;
import dev.sluice.TrackDescription;
import dev.sluice.Viewer;
import dev.sluice.ViewerTotals;
import dev.sluice.codec.Codec;
import dev.sluice.codec.MediaKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A stream and its tracks, which outlive publishers: viewers read on when another one comes. */
public final class RelayedStream implements LiveStream {
  private final String name;
  private final PublishedTracks own = new PublishedTracks();
  private final Map<String, PublishedTracks> renditions = new ConcurrentSkipListMap<>();
  private final Tally<StreamViewer, ViewerSums> viewers = new Tally<>(new ViewerSums());
  private final Tally<Publication, PublisherSums> publishers = new Tally<>(new PublisherSums());
  private final Set<StreamCursor> readers = ConcurrentHashMap.newKeySet();

  RelayedStream(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isLive() {
    return own.publisher() != null;
  }

  @Override
  public Optional<Publisher> publisher() {
    return Optional.ofNullable(own.publisher());
  }

  @Override
  public List<Publisher> renditions() {
    return publications().collect(Collectors.toUnmodifiableList());
  }

  /** who publishes at this moment, the stream's own publisher first */
  Stream<Publication> publications() {
    return Stream.concat(Stream.of(own), renditions.values().stream())
        .map(PublishedTracks::publisher)
        .filter(Objects::nonNull)
        .map(Publication.class::cast);
  }

  @Override
  public List<TrackDescription> tracks() {
    Publication last = own.latest();
    return last == null ? List.of() : last.tracks();
  }

  @Override
  public Collection<Viewer> viewers() {
    return Collections.unmodifiableCollection(viewers.present());
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
    Publication last = own.latest();
    return last == null ? List.of() : last.inputs();
  }

  /**
   * Whether picture or sound is published, but in no codec of those that somebody could take it in.
   *
   * @param tracks what that is
   * @return false also while nobody publishes, and of what he could never take
   */
  public boolean isMissing(Collection<Track> tracks) {
    Publication current = own.publisher();
    return current != null
        && current.inputs().stream()
            .map(input -> input.track().codec().kind())
            .anyMatch(kind -> isSilent(tracks, kind))
        && !current.isClosed(); // asked last: one that is replaced is closed before it is silent
  }

  private static boolean isSilent(Collection<Track> tracks, MediaKind kind) {
    List<Track> ofKind = tracks.stream().filter(track -> track.codec().kind() == kind).toList();
    return !ofKind.isEmpty() && ofKind.stream().noneMatch(Track::isPublished);
  }

  /** {@return the thread that writes its media; null while unknown} */
  public @Nullable Thread writer() {
    Publication current = own.publisher();
    return current == null ? null : current.writer();
  }

  Tally<StreamViewer, ViewerSums> viewerTally() {
    return viewers;
  }

  Tally<Publication, PublisherSums> publisherTally() {
    return publishers;
  }

  Set<StreamCursor> readerSet() {
    return readers;
  }

  /**
   * {@return whether it is known what can be played: an encoding besides the stream's own tells
   * not}
   */
  boolean isDescribed() {
    return own.latest() != null;
  }

  boolean isUnused() {
    return publications().findAny().isEmpty() && !isWatched();
  }

  /** whether anybody watches or reads it */
  boolean isWatched() {
    return !viewers.isEmpty() || !readers.isEmpty();
  }

  /** whether that is where the stream's own publisher writes */
  boolean isOwn(PublishedTracks encoding) {
    return encoding == own;
  }

  /** where an encoding is published: the stream's own, or one besides it */
  PublishedTracks encoding(String rendition, boolean main) {
    return main ? own : renditions.computeIfAbsent(rendition, unknown -> new PublishedTracks());
  }

  /**
   * Tells each picture's track which encodings of it there are. Where a stream has several pictures
   * in one codec, they are told apart by their tracks' names.
   */
  void linkRenditions() {
    renditions.values().removeIf(rendition -> rendition.publisher() == null);
    Publication last = own.latest();
    if (last == null) {
      return;
    }
    String id = last.context().rendition();
    own.tracks().forEach(track -> track.renditions(List.of(new Rendition(id, track))));
    for (LogInput picture : last.pictures()) {
      picture.track().renditions(renditionsOf(picture, last.pictures(), id));
    }
  }

  private List<Rendition> renditionsOf(LogInput picture, List<LogInput> pictures, String id) {
    Codec codec = picture.track().codec();
    boolean only = pictures.stream().filter(each -> each.track().codec() == codec).count() == 1;
    List<Rendition> found = new ArrayList<>();
    found.add(new Rendition(id, picture.track()));
    publications()
        .skip(isLive() ? 1 : 0)
        .forEach(
            rendition ->
                rendition.pictures().stream()
                    .filter(each -> each.track().codec() == codec)
                    .filter(each -> only || each.name().equals(picture.name()))
                    .findFirst()
                    .ifPresent(
                        each ->
                            found.add(
                                new Rendition(rendition.context().rendition(), each.track()))));
    return List.copyOf(found);
  }

  /** whether a picture of an encoding besides the stream's own is one of the stream's */
  boolean uses(Publication rendition) {
    return rendition.pictures().stream()
        .anyMatch(
            picture ->
                own.tracks().stream()
                    .flatMap(track -> track.renditions().stream())
                    .anyMatch(each -> each.track() == picture.track()));
  }
}
