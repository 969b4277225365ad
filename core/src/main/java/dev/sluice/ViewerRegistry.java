package dev.sluice;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/** All viewers of an engine, up to the configured number. */
final class ViewerRegistry {
  private static final int CLOSE_SECONDS = 10;

  private final int limit;
  private final StreamRegistry streams;
  private final ViewerFactory factory;
  private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();
  private final AtomicInteger count = new AtomicInteger();

  ViewerRegistry(
      int limit, StreamRegistry streams, Function<Consumer<Viewer>, ViewerFactory> factories) {
    this.limit = limit;
    this.streams = streams;
    factory = factories.apply(this::ended);
  }

  int size() {
    return viewers.size();
  }

  Viewer play(String streamName, String offerSdp) {
    LiveStream stream = streams.find(streamName);
    if (stream == null) {
      throw new UnknownStreamException("there is no stream '" + streamName + "'");
    }
    if (count.incrementAndGet() > limit) {
      count.decrementAndGet();
      throw new LimitExceededException(
          limit + " viewers are connected; raise session.maxViewers to allow more");
    }
    Viewer viewer;
    try {
      viewer = factory.create(stream, offerSdp);
    } catch (RuntimeException e) {
      count.decrementAndGet();
      throw e;
    }
    viewers.add(viewer);
    if (!streams.join(stream, viewer)) {
      viewer.close();
      throw new UnknownStreamException("there is no stream '" + streamName + "' any more");
    }
    if (viewer.isClosed()) {
      ended(viewer);
    }
    return viewer;
  }

  /** Ends all sessions and waits for their event loops to have done so. */
  void close() {
    Set<Viewer> ending = Set.copyOf(viewers);
    CountDownLatch left = new CountDownLatch(ending.size());
    for (Viewer viewer : ending) {
      viewer.onClose(left::countDown);
      viewer.close(DisconnectReason.ENGINE_CLOSED);
    }
    try {
      left.await(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ended(Viewer viewer) {
    if (viewers.remove(viewer)) {
      count.decrementAndGet();
    }
    streams.leave(viewer);
  }
}
