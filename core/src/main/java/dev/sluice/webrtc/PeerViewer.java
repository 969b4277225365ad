package dev.sluice.webrtc;

import dev.sluice.DisconnectReason;
import dev.sluice.JoinPhase;
import dev.sluice.NegotiationException;
import dev.sluice.RefusedMedia;
import dev.sluice.RelayListener;
import dev.sluice.Viewer;
import dev.sluice.ViewerContext;
import dev.sluice.ViewerStatistics;
import dev.sluice.ice.IceCredentials;
import dev.sluice.loop.SafeCall;
import dev.sluice.sdp.Negotiation;
import dev.sluice.sdp.SdpException;
import dev.sluice.sdp.TrickleFragment;
import dev.sluice.stream.RelayedStream;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A peer that watches a stream, as the host sees it. */
public final class PeerViewer implements Viewer, PeerListener, MediaListener {
  private static final Logger LOG = LoggerFactory.getLogger(PeerViewer.class);

  private final String id;
  private final RelayedStream stream;
  private final Peer peer;
  private final SendingMedia media;
  private final ViewerContext context;
  private final String answer;
  private final List<RefusedMedia> refusedMedia;
  private final List<String> candidates;
  private final Supplier<IceCredentials> newCredentials;
  private final ViewerLifecycle lifecycle;
  private final RelayListener host;
  private final JoinClock join;
  private final Instant startedAt = Instant.now();
  private final Set<String> remoteUfrags;
  private final List<Runnable> closeListeners = new ArrayList<>();
  private volatile boolean closed;
  private volatile @Nullable DisconnectReason disconnectReason;
  private volatile boolean connected;
  private volatile @Nullable InetSocketAddress remoteAddress;

  /**
   * Makes the host's view of a peer.
   *
   * @param id an unguessable name
   * @param stream what it watches
   * @param peer its session, which is not open yet
   * @param media what it is sent
   * @param context what the host knows of it
   * @param negotiation what came of its offer
   * @param candidates of this side, for the answer to an ICE restart
   * @param newCredentials makes credentials for an ICE restart
   * @param lifecycle hears how far it is
   * @param host hears what happens
   * @param join runs since its offer came
   */
  PeerViewer(
      String id,
      RelayedStream stream,
      Peer peer,
      SendingMedia media,
      ViewerContext context,
      Negotiation negotiation,
      List<String> candidates,
      Supplier<IceCredentials> newCredentials,
      ViewerLifecycle lifecycle,
      RelayListener host,
      JoinClock join) {
    this.id = id;
    this.stream = stream;
    this.peer = peer;
    this.media = media;
    this.context = context;
    answer = negotiation.answer();
    refusedMedia = Refusals.forHost(negotiation.refusals());
    remoteUfrags = new HashSet<>(negotiation.remoteUfrags());
    this.candidates = candidates;
    this.newCredentials = newCredentials;
    this.lifecycle = lifecycle;
    this.host = host;
    this.join = join;
    join.reached(JoinPhase.ANSWERED);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public RelayedStream stream() {
    return stream;
  }

  @Override
  public String answer() {
    return answer;
  }

  @Override
  public boolean isConnected() {
    return connected && !closed;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public List<RefusedMedia> refusedMedia() {
    return refusedMedia;
  }

  @Override
  public ViewerContext context() {
    return context;
  }

  @Override
  public Instant startedAt() {
    return startedAt;
  }

  @Override
  public @Nullable InetSocketAddress remoteAddress() {
    return remoteAddress;
  }

  @Override
  public @Nullable DisconnectReason disconnectReason() {
    return disconnectReason;
  }

  @Override
  public void addRemoteCandidates(String sdpFragment) {
    parse(sdpFragment);
  }

  @Override
  public String restartIce(String sdpFragment) {
    TrickleFragment fragment = parse(sdpFragment);
    IceCredentials remote = fragment.credentials();
    if (remote == null) {
      throw NegotiationException.malformed(
          "an ICE restart needs a=ice-ufrag and a=ice-pwd in the fragment", null);
    }
    return restartIce(fragment, remote);
  }

  @Override
  public synchronized @Nullable String trickle(String sdpFragment) {
    TrickleFragment fragment = parse(sdpFragment);
    IceCredentials remote = fragment.credentials();
    if (remote == null || remoteUfrags.contains(remote.ufrag())) {
      return null;
    }
    return restartIce(fragment, remote);
  }

  @Override
  public void onClose(Runnable listener) {
    synchronized (closeListeners) {
      if (!closed) {
        closeListeners.add(listener);
        return;
      }
    }
    SafeCall.run(listener);
  }

  @Override
  public ViewerStatistics statistics() {
    return media.statistics(join.times());
  }

  @Override
  public void close() {
    close(DisconnectReason.CLOSED_BY_HOST);
  }

  /**
   * Ends the session; the peer is told.
   *
   * @param reason what the host is told
   */
  public void close(DisconnectReason reason) {
    onLoop(current -> current.close(reason));
  }

  @Override
  public void reached(JoinPhase phase) {
    join.reached(phase);
  }

  @Override
  public void connected() {
    join.reached(JoinPhase.CONNECTED);
    connected = true;
    lifecycle.connected(this);
    SafeCall.run(() -> host.viewerConnected(this));
  }

  @Override
  public void pathChanged(InetSocketAddress remote) {
    remoteAddress = remote;
  }

  @Override
  public void ended(DisconnectReason reason) {
    markClosed(reason);
    lifecycle.ended(this);
    closeListeners.forEach(SafeCall::run);
    SafeCall.run(() -> host.viewerDisconnected(this, reason));
  }

  @Override
  public void firstFrameSent() {
    join.reached(JoinPhase.FIRST_FRAME);
    SafeCall.run(() -> host.firstFrameSent(this));
  }

  @Override
  public void thinned(boolean thinned) {
    SafeCall.run(() -> host.viewerThinned(this, thinned));
  }

  @Override
  public void noKeyframe(String advice) {
    LOG.warn("viewers of stream '{}' wait for a picture: {}", stream.name(), advice);
    SafeCall.run(() -> host.noKeyframe(stream, advice));
  }

  private synchronized String restartIce(TrickleFragment fragment, IceCredentials remote) {
    remoteUfrags.clear();
    remoteUfrags.add(remote.ufrag());
    IceCredentials local = newCredentials.get();
    onLoop(current -> current.restartIce(local, remote));
    return fragment.answer(local, candidates);
  }

  /** from here on the list of listeners stays as it is */
  private void markClosed(DisconnectReason reason) {
    synchronized (closeListeners) {
      disconnectReason = reason;
      closed = true;
    }
  }

  private void onLoop(Consumer<Peer> action) {
    if (!closed) {
      peer.execute(() -> action.accept(peer));
    }
  }

  private static TrickleFragment parse(String sdpFragment) {
    try {
      return TrickleFragment.parse(sdpFragment);
    } catch (SdpException e) {
      throw Refusals.malformed(e);
    }
  }
}
