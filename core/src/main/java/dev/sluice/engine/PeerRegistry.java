package dev.sluice.engine;

import dev.sluice.DisconnectReason;
import dev.sluice.Ingest;
import dev.sluice.LimitExceededException;
import dev.sluice.PeerContext;
import dev.sluice.PeerSession;
import dev.sluice.RelayException;
import dev.sluice.SessionOptions;
import dev.sluice.StreamName;
import dev.sluice.UnknownStreamException;
import dev.sluice.Viewer;
import dev.sluice.ViewerTotals;
import dev.sluice.stream.RelayedStream;
import dev.sluice.stream.StreamRegistry;
import dev.sluice.stream.Tally;
import dev.sluice.stream.ViewerSums;
import dev.sluice.webrtc.HostedPeer;
import dev.sluice.webrtc.IngestFactory;
import dev.sluice.webrtc.PeerIngest;
import dev.sluice.webrtc.PeerLifecycle;
import dev.sluice.webrtc.PeerViewer;
import dev.sluice.webrtc.ViewerFactory;
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
 * All WebRTC peers of an engine, up to the configured number. Those that have not connected yet are
 * limited on their own, and where there is no room the oldest of them gives way: offers that nobody
 * follows up keep nobody out for long.
 */
final class PeerRegistry implements PeerLifecycle {
  private static final int CLOSE_SECONDS = 10;

  private final SessionOptions limits;
  private final StreamRegistry streams;
  private final PeerLog log;
  private final ViewerFactory viewers;
  private final Tally<Viewer, ViewerSums> tally = new Tally<>(new ViewerSums());
  private final IngestFactory ingests;
  private final Map<String, HostedPeer> connecting = new LinkedHashMap<>();
  private final Map<String, HostedPeer> connected = new HashMap<>();

  PeerRegistry(
      SessionOptions limits,
      StreamRegistry streams,
      PeerLog log,
      ViewerFactory viewers,
      IngestFactory ingests) {
    this.limits = limits;
    this.streams = streams;
    this.log = log;
    this.viewers = viewers;
    this.ingests = ingests;
  }

  int viewers() {
    return tally.size();
  }

  synchronized <T extends PeerSession> Optional<T> find(String id, Class<T> kind) {
    HostedPeer peer = connected.get(id);
    return Optional.ofNullable(peer == null ? connecting.get(id) : peer)
        .filter(kind::isInstance)
        .map(kind::cast);
  }

  ViewerTotals viewerTotals() {
    return tally.sums().totals();
  }

  Viewer play(String streamName, String offerSdp, PeerContext context) {
    try {
      return join(streamName, offerSdp, context);
    } catch (RelayException e) {
      log.refused(PeerLog.VIEWER, streamName, context, e);
      throw e;
    }
  }

  private Viewer join(String streamName, String offerSdp, PeerContext context) {
    RelayedStream stream = streams.findPlayable(streamName);
    if (stream == null) {
      throw new UnknownStreamException("there is no stream '" + streamName + "'");
    }
    requireRoom();
    PeerViewer viewer = viewers.create(stream, offerSdp, context, this);
    try {
      enter(viewer);
      tally.enter(viewer);
      if (!streams.join(stream, viewer)) {
        throw new UnknownStreamException("there is no stream '" + streamName + "' any more");
      }
      return viewer;
    } catch (Throwable e) {
      viewer.close();
      throw e;
    } finally {
      if (viewer.isClosed()) { // before it was counted in, perhaps
        leave(viewer);
      }
    }
  }

  Ingest ingest(String streamName, String offerSdp, PeerContext context) {
    try {
      return admit(streamName, offerSdp, context);
    } catch (RelayException e) {
      log.refused(PeerLog.PUBLISHER, streamName, context, e);
      throw e;
    }
  }

  private Ingest admit(String streamName, String offerSdp, PeerContext context) {
    String name = StreamName.of(streamName);
    requireRoom();
    PeerIngest ingest = ingests.create(name, offerSdp, context, this);
    try {
      enter(ingest);
    } catch (Throwable e) {
      ingest.close();
      throw e;
    }
    if (ingest.isClosed()) {
      leave(ingest);
    }
    return ingest;
  }

  private synchronized void requireRoom() {
    if (connected.size() >= limits.maxViewers()) {
      throw new LimitExceededException(
          limits.maxViewers() + " peers are connected; raise session.maxViewers to allow more");
    }
  }

  private void enter(HostedPeer peer) {
    HostedPeer evicted = add(peer);
    if (evicted != null) {
      evicted.close(DisconnectReason.EVICTED);
    }
  }

  /** returns who had to give way */
  private synchronized @Nullable HostedPeer add(HostedPeer peer) {
    requireRoom();
    boolean full =
        connecting.size() >= limits.maxConnecting()
            || connecting.size() + connected.size() >= limits.maxViewers();
    HostedPeer oldest = full ? removeOldest() : null;
    connecting.put(peer.id(), peer);
    return oldest;
  }

  private HostedPeer removeOldest() {
    Iterator<HostedPeer> oldestFirst = connecting.values().iterator();
    HostedPeer oldest = oldestFirst.next();
    oldestFirst.remove();
    return oldest;
  }

  @Override
  public synchronized void connected(HostedPeer peer) {
    if (connecting.remove(peer.id()) != null) {
      connected.put(peer.id(), peer);
    }
  }

  @Override
  public void ended(HostedPeer peer) {
    leave(peer);
    log.ended(peer);
  }

  private void leave(HostedPeer peer) {
    synchronized (this) {
      connecting.remove(peer.id());
      connected.remove(peer.id());
    }
    if (peer instanceof PeerViewer viewer) {
      tally.leave(viewer);
      streams.leave(viewer.stream(), viewer);
    }
  }

  /** Ends all sessions and waits for their event loops to have done so. */
  void close() {
    Set<HostedPeer> ending = all();
    CountDownLatch left = new CountDownLatch(ending.size());
    for (HostedPeer peer : ending) {
      peer.onClose(left::countDown);
      peer.close(DisconnectReason.ENGINE_CLOSED);
    }
    try {
      left.await(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Set<HostedPeer> all() {
    Set<HostedPeer> all = new HashSet<>(connecting.values());
    all.addAll(connected.values());
    return all;
  }
}
