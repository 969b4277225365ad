package dev.sluice.stream;

import dev.sluice.TrackDescription;
import dev.sluice.loop.EngineClock;
import dev.sluice.loop.Handover;
import dev.sluice.spi.StreamReader;
import dev.sluice.spi.TrackReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The cursors of one reader. However much was published, telling of it costs one task. */
final class StreamCursor implements StreamReader, TrackReaders {
  private final RelayedStream stream;
  private final Executor loop;
  private final Runnable news;
  private final EngineClock clock;
  private final Consumer<StreamCursor> onClose;
  private final List<TrackCursor> tracks = new ArrayList<>();
  private final AtomicBoolean pending = new AtomicBoolean();
  private volatile boolean closed;

  StreamCursor(
      RelayedStream stream,
      Executor loop,
      Runnable news,
      EngineClock clock,
      Consumer<StreamCursor> onClose) {
    this.stream = stream;
    this.loop = loop;
    this.news = news;
    this.clock = clock;
    this.onClose = onClose;
    List<TrackDescription> described = stream.tracks();
    List<LogInput> inputs = stream.inputs();
    for (int i = 0; i < inputs.size(); i++) {
      tracks.add(new TrackCursor(inputs.get(i).track(), described.get(i).parameters(), clock));
    }
  }

  /** Begins to be told of news, also of what is there already. */
  void attach() {
    tracks.forEach(track -> track.attach(this));
    wake();
  }

  RelayedStream stream() {
    return stream;
  }

  @Override
  public void wake() {
    if (!pending.get()
        && pending.compareAndSet(false, true)
        && !Handover.offer(loop, this::tellNews)) {
      pending.set(false);
    }
  }

  private void tellNews() {
    pending.set(false);
    if (!closed) {
      news.run();
    }
  }

  @Override
  public void readToEnd(Runnable then) {
    boolean taken =
        Handover.offer(
            loop,
            () -> {
              try {
                tellNews();
              } finally {
                then.run();
              }
            });
    if (!taken) {
      then.run();
    }
  }

  @Override
  public List<TrackReader> tracks() {
    return List.copyOf(tracks);
  }

  @Override
  public boolean isPublished() {
    List<Track> read = tracks.stream().map(TrackCursor::track).toList();
    return read.stream().anyMatch(Track::isPublished) && !stream.isMissing(read);
  }

  @Override
  public long nanos() {
    return clock.nanos();
  }

  @Override
  public long ntp(long nanos) {
    return clock.ntp(nanos);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      tracks.forEach(track -> track.detach(this));
      onClose.accept(this);
    }
  }
}
