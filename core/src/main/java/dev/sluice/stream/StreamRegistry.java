package dev.sluice.stream;

import dev.sluice.EngineConfiguration;
import dev.sluice.LiveStream;
import dev.sluice.Publisher;
import dev.sluice.PublisherContext;
import dev.sluice.PublisherTotals;
import dev.sluice.StreamName;
import dev.sluice.TrackDescription;
import dev.sluice.UnknownStreamException;
import dev.sluice.codec.Codec;
import dev.sluice.codec.InputOptions;
import dev.sluice.codec.TrackFormat;
import dev.sluice.jfr.FlightRecord;
import dev.sluice.log.PacketLog;
import dev.sluice.log.SegmentPool;
import dev.sluice.loop.EngineClock;
import dev.sluice.loop.SafeCall;
import dev.sluice.spi.StreamReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All streams by name. Changes of who publishes what are made one at a time. The host hears of them
 * in that order and one after the other, but while no lock is held: the thread that tells of one
 * tells of those that other threads cause meanwhile too.
 */
public final class StreamRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(StreamRegistry.class);
  private static final String REORDERED =
      "sends B-frames, which browsers show late, so those that nothing refers to are left out;"
          + " have the encoder send none";

  private static final String UNUSED =
      "goes to nobody: it has no picture in the codec, and where there are several of the name, of the"
          + " stream's own publisher; have both encode alike";

  private final EngineConfiguration configuration;
  private final SegmentPool segments;
  private final EngineClock clock;
  private final Demands demands;
  private final Map<String, RelayedStream> streams = new ConcurrentHashMap<>();
  private final Queue<Runnable> events = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean telling = new AtomicBoolean();
  private final Tally<Publication, PublisherSums> publishers = new Tally<>(new PublisherSums());
  private boolean closed;

  /**
   * Makes a registry without streams.
   *
   * @param configuration of the engine
   * @param segments gives the logs' memory
   * @param clock the engine's clock
   * @param demands hears who publishes and watches streams
   */
  public StreamRegistry(
      EngineConfiguration configuration, SegmentPool segments, EngineClock clock, Demands demands) {
    this.configuration = configuration;
    this.segments = segments;
    this.clock = clock;
    this.demands = demands;
  }

  /** {@return all streams that have a publisher, viewers or readers} */
  public Collection<LiveStream> all() {
    return new ArrayList<>(streams.values());
  }

  /** {@return what all publishers sent until now} */
  public PublisherTotals totals() {
    return publishers.sums().totals();
  }

  /**
   * Finds a stream.
   *
   * @param name its name, in any spelling
   * @return null if it has neither a publisher nor viewers, or the name is none
   */
  public @Nullable RelayedStream find(String name) {
    try {
      return streams.get(StreamName.of(name));
    } catch (IllegalArgumentException noName) {
      return null;
    }
  }

  /**
   * Finds a stream that can be played or read.
   *
   * @param name its name, in any spelling
   * @return null also if no more than an encoding besides the stream's own was ever published
   */
  public @Nullable RelayedStream findPlayable(String name) {
    RelayedStream found = find(name);
    return found != null && found.isDescribed() ? found : null;
  }

  /**
   * Waits for a stream; see {@link dev.sluice.RelayEngine#demand}.
   *
   * @param name its name, in any spelling
   * @return the stream, when it is there
   */
  public CompletionStage<LiveStream> demand(String name) {
    try {
      String spelled = StreamName.of(name);
      return demands.demand(spelled, () -> findPlayable(spelled));
    } catch (IllegalArgumentException noName) {
      return CompletableFuture.failedFuture(
          new UnknownStreamException("'" + name + "' names no stream"));
    }
  }

  /**
   * Begins to publish; see {@link dev.sluice.RelayEngine#publish}.
   *
   * @param name of the stream, in any spelling
   * @param tracks what will be written
   * @param context where it comes from
   * @return the publisher, which has taken the place of another
   */
  public Publisher publish(String name, List<TrackDescription> tracks, PublisherContext context) {
    return begin(name, tracks, context, true);
  }

  /**
   * Begins to publish another encoding; see {@link dev.sluice.RelayEngine#publishRendition}.
   *
   * @param name of the stream, in any spelling
   * @param tracks what will be written
   * @param context where it comes from, and what the encoding is called
   * @return the publisher, which has taken the place of another one of that encoding
   */
  public Publisher publishRendition(
      String name, List<TrackDescription> tracks, PublisherContext context) {
    return begin(name, tracks, context, false);
  }

  private Publication begin(
      String name, List<TrackDescription> tracks, PublisherContext context, boolean main) {
    check(tracks);
    String spelled = StreamName.of(name);
    Objects.requireNonNull(context, "context");
    try {
      return replace(spelled, tracks, context, main);
    } finally {
      tellHost();
    }
  }

  private synchronized Publication replace(
      String name, List<TrackDescription> tracks, PublisherContext context, boolean main) {
    if (closed) {
      throw new IllegalStateException("the engine is closed");
    }
    RelayedStream stream = streams.computeIfAbsent(name, RelayedStream::new);
    PublishedTracks encoding = stream.encoding(context.rendition(), main);
    Publication publisher = new Publication(stream, encoding, tracks, context, this::close);
    Publication previous = encoding.publisher();
    if (previous != null) {
      end(previous);
      encoding.silence();
    }
    try {
      addTracks(publisher, tracks);
    } catch (Throwable e) {
      end(publisher);
      leave(publisher, previous != null);
      throw e;
    }
    encoding.publisher(publisher);
    stream.linkRenditions();
    warnOfUnused(stream);
    stream.publisherTally().enter(publisher);
    publishers.enter(publisher);
    FlightRecord.up(publisher);
    if (main) {
      events.add(() -> configuration.listener().streamUp(stream));
      events.add(() -> demands.published(stream));
      events.add(() -> stream.viewerTally().present().forEach(StreamViewer::published));
    }
    return publisher;
  }

  private static void warnOfUnused(RelayedStream stream) {
    stream
        .publications()
        .filter(publisher -> stream.isDescribed() && !stream.isOwn(publisher.encoding()))
        .filter(rendition -> !stream.uses(rendition))
        .forEach(
            rendition ->
                LOG.warn(
                    "rendition '{}' of stream '{}' {}",
                    rendition.context().rendition(),
                    stream.name(),
                    UNUSED));
  }

  private void addTracks(Publication publisher, List<TrackDescription> tracks) {
    SourceClock.WallClockOffset offset = new SourceClock.WallClockOffset();
    List<Track> claimed = publisher.encoding().claim(tracks);
    for (int i = 0; i < tracks.size(); i++) {
      publisher.add(input(claimed.get(i), publisher, tracks.get(i), offset));
    }
  }

  /**
   * Counts a viewer in.
   *
   * @param stream what it watches
   * @param viewer who came
   * @return false when the stream is gone
   */
  public synchronized boolean join(RelayedStream stream, StreamViewer viewer) {
    if (streams.get(stream.name()) != stream) {
      return false;
    }
    stream.viewerTally().enter(viewer);
    demands.used(stream);
    viewer.published(); // since its answer was made, perhaps
    return true;
  }

  /**
   * Counts a viewer out; a stream that nobody publishes or watches is gone with it.
   *
   * @param stream what it watched
   * @param viewer who left
   */
  public synchronized void leave(RelayedStream stream, StreamViewer viewer) {
    stream.viewerTally().leave(viewer);
    demands.used(stream);
    removeIfUnused(stream);
  }

  /**
   * Begins to read; see {@link dev.sluice.RelayEngine#read}.
   *
   * @param name of the stream, in any spelling
   * @param loop where it is read
   * @param news run there when there is something to read
   * @return the reader, which keeps the stream until it is closed
   */
  public synchronized StreamReader read(String name, Executor loop, Runnable news) {
    RelayedStream stream = findPlayable(name);
    if (stream == null) {
      throw new UnknownStreamException("there is no stream '" + name + "'");
    }
    StreamCursor reader = new StreamCursor(stream, loop, news, clock, this::leave);
    stream.readerSet().add(reader);
    demands.used(stream);
    reader.attach();
    return reader;
  }

  private synchronized void leave(StreamCursor reader) {
    RelayedStream stream = reader.stream();
    stream.readerSet().remove(reader);
    demands.used(stream);
    removeIfUnused(stream);
  }

  /** Ends all publishers; none may come after that. */
  public void close() {
    synchronized (this) {
      closed = true;
    }
    for (RelayedStream stream : streams.values()) {
      stream.publications().forEach(Publication::close);
    }
  }

  private void close(Publication publisher) {
    synchronized (this) {
      if (publisher.isClosed()) {
        return;
      }
      end(publisher);
      leave(publisher, true);
    }
    tellHost();
  }

  private void leave(Publication publisher, boolean wasLive) {
    RelayedStream stream = publisher.stream();
    PublishedTracks encoding = publisher.encoding();
    encoding.publisher(null);
    encoding.silence();
    stream.linkRenditions();
    removeIfUnused(stream);
    if (wasLive && stream.isOwn(encoding)) {
      events.add(() -> configuration.listener().streamDown(stream));
    }
  }

  private void tellHost() {
    while (!events.isEmpty() && telling.compareAndSet(false, true)) {
      try {
        for (Runnable event = events.poll(); event != null; event = events.poll()) {
          SafeCall.run(event);
        }
      } finally {
        telling.set(false);
      }
    }
  }

  private void end(Publication publisher) {
    publisher.markClosed();
    for (LogInput input : publisher.inputs()) {
      input.close();
    }
    publisher.stream().publisherTally().leave(publisher);
    if (publishers.leave(publisher)) {
      FlightRecord.down(publisher);
    }
  }

  private LogInput input(
      Track track,
      Publication publisher,
      TrackDescription description,
      SourceClock.WallClockOffset offset) {
    Codec codec = description.codec();
    PacketLog log = new PacketLog(segments, LogSizes.of(configuration, codec.kind()));
    TrackFormat format =
        codec
            .format()
            .input(
                log,
                new InputOptions(configuration.maxPayload(), passesReordered()),
                description.parameters());
    Source source = track.source(log, publisher::requestKeyframe);
    log.captureClock(
        timestamp -> clock.ntp(source.captureNanos(timestamp, codec.clockRate(), clock.nanos())),
        configuration.maxStampedPayload(),
        !track.isVideo());
    SourceClock sourceClock = new SourceClock(source, codec.clockRate(), offset);
    LogInput input =
        new LogInput(
            description.name(),
            format,
            log,
            track,
            clock,
            sourceClock,
            () -> tellOfReordering(publisher.stream()));
    source.greatestBitrate(input::greatestBitrate);
    source.bitrate(input::bitrate);
    if (track.isVideo() && configuration.rate().enabled()) {
      source.hint(TrackHint.of(publisher, input, configuration, clock.nanos()));
    }
    return input;
  }

  private boolean passesReordered() {
    return configuration.media().reorderedPictures();
  }

  private void tellOfReordering(LiveStream stream) {
    if (!passesReordered()) {
      LOG.warn("the publisher of stream '{}' {}", stream.name(), REORDERED);
      configuration.listener().picturesReordered(stream, REORDERED);
    }
  }

  private void removeIfUnused(RelayedStream stream) {
    if (stream.isUnused()) {
      streams.remove(stream.name(), stream);
    }
  }

  private static void check(List<TrackDescription> tracks) {
    Set<String> names = new HashSet<>();
    for (TrackDescription track : tracks) {
      if (!names.add(track.name())) {
        throw new IllegalArgumentException("track '" + track.name() + "': names must be distinct");
      }
    }
    if (tracks.isEmpty()) {
      throw new IllegalArgumentException("a stream has at least one track");
    }
  }
}
