package dev.sluice;

import dev.sluice.log.PacketLog;
import dev.sluice.session.EngineClock;
import dev.sluice.session.Source;
import dev.sluice.session.Track;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * All streams by name. Changes of who publishes what are made one at a time. The host hears of them
 * in that order and one after the other, but while no lock is held: the thread that tells of one
 * tells of those that other threads cause meanwhile too.
 */
final class StreamRegistry {
  private static final int MAX_NAME = 255;

  private final EngineConfiguration configuration;
  private final ByteBufAllocator allocator;
  private final EngineClock clock;
  private final Map<String, LiveStream> streams = new ConcurrentHashMap<>();
  private final Queue<Runnable> events = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean telling = new AtomicBoolean();
  private boolean closed;

  StreamRegistry(EngineConfiguration configuration, ByteBufAllocator allocator, EngineClock clock) {
    this.configuration = configuration;
    this.allocator = allocator;
    this.clock = clock;
  }

  Collection<LiveStream> all() {
    return new ArrayList<>(streams.values());
  }

  @Nullable LiveStream find(String name) {
    return streams.get(name);
  }

  Publisher publish(String name, List<TrackDescription> tracks) {
    check(name, tracks);
    Publisher publisher = begin(name, tracks);
    tellHost();
    return publisher;
  }

  private synchronized Publisher begin(String name, List<TrackDescription> tracks) {
    if (closed) {
      throw new IllegalStateException("the engine is closed");
    }
    LiveStream stream = streams.computeIfAbsent(name, LiveStream::new);
    Publisher publisher = new Publisher(stream, tracks, this::close);
    Publisher previous = stream.publisher();
    if (previous != null) {
      end(previous);
      stream.silence();
    }
    SourceClock.WallClockOffset offset = new SourceClock.WallClockOffset();
    for (TrackDescription track : tracks) {
      publisher.add(track.name(), input(stream, publisher, track, offset));
    }
    stream.publisher(publisher);
    events.add(() -> configuration.listener().streamUp(stream));
    return publisher;
  }

  /** a viewer comes; false when the stream is gone */
  synchronized boolean join(LiveStream stream, Viewer viewer) {
    if (streams.get(stream.name()) != stream) {
      return false;
    }
    stream.viewerSet().add(viewer);
    return true;
  }

  synchronized void leave(Viewer viewer) {
    LiveStream stream = viewer.stream();
    stream.viewerSet().remove(viewer);
    removeIfUnused(stream);
  }

  void close() {
    synchronized (this) {
      closed = true;
    }
    for (LiveStream stream : all()) {
      Publisher publisher = stream.publisher();
      if (publisher != null) {
        publisher.close();
      }
    }
  }

  private void close(Publisher publisher) {
    LiveStream stream = publisher.stream();
    synchronized (this) {
      if (publisher.isClosed()) {
        return;
      }
      end(publisher);
      stream.publisher(null);
      stream.silence();
      removeIfUnused(stream);
      events.add(() -> configuration.listener().streamDown(stream));
    }
    tellHost();
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

  private static void end(Publisher publisher) {
    publisher.markClosed();
    for (TrackInput input : publisher.inputs()) {
      input.close();
    }
  }

  private TrackInput input(
      LiveStream stream,
      Publisher publisher,
      TrackDescription description,
      SourceClock.WallClockOffset offset) {
    Track track = stream.track(description.codec());
    PacketLog log = new PacketLog(allocator, configuration.logLimits(description.codec()));
    PayloadFormat format =
        switch (description.codec()) {
          case H264 -> new H264Format(log, configuration.maxPayload(), description.parameterSets());
          case OPUS -> new OpusFormat(log, configuration.maxPayload());
        };
    Source source = track.source(log, () -> SafeCall.run(publisher::requestKeyframe));
    return new TrackInput(
        format, log, track, clock, new SourceClock(source, track.clockRate(), offset));
  }

  private void removeIfUnused(LiveStream stream) {
    if (!stream.isLive() && stream.viewerSet().isEmpty()) {
      streams.remove(stream.name(), stream);
    }
  }

  private static void check(String name, List<TrackDescription> tracks) {
    if (name.isEmpty()
        || name.length() > MAX_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "a stream's name has 1 to " + MAX_NAME + " characters and no control characters");
    }
    Set<String> names = new HashSet<>();
    Set<Codec> codecs = EnumSet.noneOf(Codec.class);
    for (TrackDescription track : tracks) {
      if (!names.add(track.name()) || !codecs.add(track.codec())) {
        throw new IllegalArgumentException(
            "track '" + track.name() + "': names and codecs must be distinct");
      }
    }
    if (tracks.isEmpty()) {
      throw new IllegalArgumentException("a stream has at least one track");
    }
  }
}
