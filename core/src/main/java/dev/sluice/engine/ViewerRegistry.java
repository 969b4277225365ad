package dev.sluice.engine;

import dev.sluice.DisconnectReason;
import dev.sluice.LimitExceededException;
import dev.sluice.UnknownStreamException;
import dev.sluice.Viewer;
import dev.sluice.ViewerContext;
import dev.sluice.stream.RelayedStream;
import dev.sluice.stream.StreamRegistry;
import dev.sluice.webrtc.PeerViewer;
import dev.sluice.webrtc.ViewerFactory;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** All viewers of an engine, up to the configured number. */
final class ViewerRegistry {
  private static final int CLOSE_SECONDS = 10;

  private final int limit;
  private final StreamRegistry streams;
  private final ViewerFactory factory;
  private final Map<String, PeerViewer> viewers = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  ViewerRegistry(int limit, StreamRegistry streams, ViewerFactory factory) {
    this.limit = limit;
    this.streams = streams;
    this.factory = factory;
  }

  int size() {
    return viewers.size();
  }

  Optional<Viewer> find(String id) {
    return Optional.ofNullable(viewers.get(id));
  }

  Viewer play(String streamName, String offerSdp, ViewerContext context) {
    RelayedStream stream = streams.find(streamName);
    if (stream == null) {
      throw new UnknownStreamException("there is no stream '" + streamName + "'");
    }
    if (count.incrementAndGet() > limit) {
      count.decrementAndGet();
      throw new LimitExceededException(
          limit + " viewers are connected; raise session.maxViewers to allow more");
    }
    PeerViewer viewer = create(stream, offerSdp, context);
    viewers.put(viewer.id(), viewer);
    boolean joined = streams.join(stream, viewer);
    viewer.onClose(() -> ended(stream, viewer));
    if (!joined) {
      viewer.close();
      throw new UnknownStreamException("there is no stream '" + streamName + "' any more");
    }
    return viewer;
  }

  /** Ends all sessions and waits for their event loops to have done so. */
  void close() {
    Set<PeerViewer> ending = Set.copyOf(viewers.values());
    CountDownLatch left = new CountDownLatch(ending.size());
    for (PeerViewer viewer : ending) {
      viewer.onClose(left::countDown);
      viewer.close(DisconnectReason.ENGINE_CLOSED);
    }
    try {
      left.await(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private PeerViewer create(RelayedStream stream, String offerSdp, ViewerContext context) {
    try {
      return factory.create(stream, offerSdp, context);
    } catch (RuntimeException e) {
      count.decrementAndGet();
      throw e;
    }
  }

  private void ended(RelayedStream stream, PeerViewer viewer) {
    if (viewers.remove(viewer.id(), viewer)) {
      count.decrementAndGet();
    }
    streams.leave(stream, viewer);
  }
}
