package dev.sluice.engine;

import dev.sluice.DisconnectReason;
import dev.sluice.LimitExceededException;
import dev.sluice.RelayException;
import dev.sluice.SessionOptions;
import dev.sluice.UnknownStreamException;
import dev.sluice.Viewer;
import dev.sluice.ViewerContext;
import dev.sluice.ViewerTotals;
import dev.sluice.stream.RelayedStream;
import dev.sluice.stream.StreamRegistry;
import dev.sluice.stream.Tally;
import dev.sluice.stream.ViewerSums;
import dev.sluice.webrtc.PeerViewer;
import dev.sluice.webrtc.ViewerFactory;
import dev.sluice.webrtc.ViewerLifecycle;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * All viewers of an engine, up to the configured number. Those that have not connected yet are
 * limited on their own, and where there is no room the oldest of them gives way: offers that nobody
 * follows up keep nobody out for long.
 */
final class ViewerRegistry implements ViewerLifecycle {
  private static final int CLOSE_SECONDS = 10;

  private final SessionOptions limits;
  private final StreamRegistry streams;
  private final ViewerLog log;
  private final ViewerFactory factory;
  private final Tally<Viewer, ViewerSums> tally = new Tally<>(new ViewerSums());
  private final Map<String, PeerViewer> connecting = new LinkedHashMap<>();
  private final Map<String, PeerViewer> connected = new HashMap<>();

  ViewerRegistry(
      SessionOptions limits, StreamRegistry streams, ViewerLog log, ViewerFactory factory) {
    this.limits = limits;
    this.streams = streams;
    this.log = log;
    this.factory = factory;
  }

  synchronized int size() {
    return connecting.size() + connected.size();
  }

  synchronized Optional<Viewer> find(String id) {
    PeerViewer viewer = connected.get(id);
    return Optional.ofNullable(viewer == null ? connecting.get(id) : viewer);
  }

  ViewerTotals totals() {
    return tally.sums().totals();
  }

  Viewer play(String streamName, String offerSdp, ViewerContext context) {
    try {
      return enter(streamName, offerSdp, context);
    } catch (RelayException e) {
      log.refused(streamName, context, e);
      throw e;
    }
  }

  private Viewer enter(String streamName, String offerSdp, ViewerContext context) {
    RelayedStream stream = streams.find(streamName);
    if (stream == null) {
      throw new UnknownStreamException("there is no stream '" + streamName + "'");
    }
    requireRoom();
    PeerViewer viewer = factory.create(stream, offerSdp, context, this);
    try {
      enter(viewer);
      if (!streams.join(stream, viewer)) {
        throw new UnknownStreamException("there is no stream '" + streamName + "' any more");
      }
      return viewer;
    } catch (Throwable e) {
      viewer.close();
      throw e;
    } finally {
      if (viewer.isClosed()) { // before it was counted in, perhaps
        ended(viewer);
      }
    }
  }

  private synchronized void requireRoom() {
    if (connected.size() >= limits.maxViewers()) {
      throw new LimitExceededException(
          limits.maxViewers() + " viewers are connected; raise session.maxViewers to allow more");
    }
  }

  private void enter(PeerViewer viewer) {
    PeerViewer evicted = add(viewer);
    tally.enter(viewer);
    if (evicted != null) {
      evicted.close(DisconnectReason.EVICTED);
    }
  }

  /** returns who had to give way */
  private synchronized @Nullable PeerViewer add(PeerViewer viewer) {
    requireRoom();
    boolean full = connecting.size() >= limits.maxConnecting() || size() >= limits.maxViewers();
    PeerViewer oldest = full ? removeOldest() : null;
    connecting.put(viewer.id(), viewer);
    return oldest;
  }

  private PeerViewer removeOldest() {
    Iterator<PeerViewer> oldestFirst = connecting.values().iterator();
    PeerViewer oldest = oldestFirst.next();
    oldestFirst.remove();
    return oldest;
  }

  @Override
  public synchronized void connected(PeerViewer viewer) {
    if (connecting.remove(viewer.id()) != null) {
      connected.put(viewer.id(), viewer);
    }
  }

  @Override
  public void ended(PeerViewer viewer) {
    synchronized (this) {
      connecting.remove(viewer.id());
      connected.remove(viewer.id());
    }
    if (tally.leave(viewer)) {
      log.ended(viewer);
    }
    streams.leave(viewer.stream(), viewer);
  }

  /** Ends all sessions and waits for their event loops to have done so. */
  void close() {
    Set<PeerViewer> ending = all();
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

  private synchronized Set<PeerViewer> all() {
    Set<PeerViewer> all = new HashSet<>(connecting.values());
    all.addAll(connected.values());
    return all;
  }
}
