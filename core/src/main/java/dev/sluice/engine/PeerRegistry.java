package dev.sluice.engine;

import dev.sluice.DisconnectReason;
import dev.sluice.Ingest;
import dev.sluice.IngestOffer;
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
import dev.sluice.webrtc.PeerCall;
import dev.sluice.webrtc.PeerIngest;
import dev.sluice.webrtc.PeerLifecycle;
import dev.sluice.webrtc.PeerSockets;
import dev.sluice.webrtc.PeerViewer;
import dev.sluice.webrtc.ViewerFactory;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** All WebRTC peers of an engine, from their offers until the host has heard of their ends. */
final class PeerRegistry implements PeerLifecycle {
  private static final int CLOSE_SECONDS = 10;

  private final Admission<HostedPeer> admission;
  private final StreamRegistry streams;
  private final PeerLog log;
  private final ViewerFactory viewers;
  private final Tally<Viewer, ViewerSums> tally = new Tally<>(new ViewerSums());
  private final IngestFactory ingests;
  private final PeerSockets sockets;

  PeerRegistry(
      SessionOptions limits,
      StreamRegistry streams,
      PeerLog log,
      ViewerFactory viewers,
      IngestFactory ingests,
      PeerSockets sockets) {
    admission = new Admission<>(limits);
    this.streams = streams;
    this.log = log;
    this.viewers = viewers;
    this.ingests = ingests;
    this.sockets = sockets;
  }

  int viewers() {
    return admission.count(PeerViewer.class);
  }

  <T extends PeerSession> Optional<T> find(String id, Class<T> kind) {
    return Optional.ofNullable(admission.find(id)).filter(kind::isInstance).map(kind::cast);
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
    admission.requireRoom();
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
    admission.requireRoom();
    return entered(ingests.create(name, offerSdp, context, this));
  }

  CompletionStage<IngestOffer> offerIngest(String streamName, PeerContext context) {
    String name = StreamName.of(streamName);
    admission.requireRoom();
    return sockets.open().thenApply(socket -> new Offer(ingests.call(socket, name, context)));
  }

  private Ingest entered(PeerIngest ingest) {
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

  private void enter(HostedPeer peer) {
    HostedPeer evicted = admission.enter(peer.id(), peer);
    if (evicted != null) {
      evicted.close(DisconnectReason.EVICTED);
    }
  }

  @Override
  public void connected(HostedPeer peer) {
    admission.connected(peer.id());
  }

  @Override
  public void ended(HostedPeer peer) {
    leave(peer);
    log.ended(peer);
  }

  private void leave(HostedPeer peer) {
    admission.leave(peer.id());
    if (peer instanceof PeerViewer viewer) {
      tally.leave(viewer);
      streams.leave(viewer.stream(), viewer);
    }
  }

  /** Ends all sessions and waits for their event loops to have done so. */
  void close() {
    Collection<HostedPeer> ending = admission.all();
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

  private final class Offer implements IngestOffer {
    private final PeerCall call;
    private final AtomicBoolean over = new AtomicBoolean();

    Offer(PeerCall call) {
      this.call = call;
    }

    @Override
    public String sdp() {
      return call.sdp();
    }

    @Override
    public Ingest accept(String answerSdp) {
      if (over.getAndSet(true)) {
        throw new IllegalStateException("the offer was answered or closed before");
      }
      admission.requireRoom();
      return entered(call.accept(answerSdp, PeerRegistry.this));
    }

    @Override
    public void close() {
      over.set(true);
      call.close();
    }
  }
}
