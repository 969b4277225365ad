package dev.sluice.webrtc;

import dev.sluice.DisconnectReason;
import dev.sluice.NegotiationException;
import dev.sluice.PeerContext;
import dev.sluice.PeerSession;
import dev.sluice.RefusedMedia;
import dev.sluice.ice.IceCredentials;
import dev.sluice.loop.SafeCall;
import dev.sluice.sdp.Negotiation;
import dev.sluice.sdp.SdpException;
import dev.sluice.sdp.TrickleFragment;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A peer as the host sees it, whatever the direction of its media. */
public abstract class HostedPeer implements PeerSession, PeerListener {
  private final String id;
  private final Peer peer;
  private final PeerContext context;
  private final String answer;
  private final List<RefusedMedia> refusedMedia;
  private final List<String> candidates;
  private final @Nullable Supplier<IceCredentials> newCredentials;
  private final PeerLifecycle lifecycle;
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
   * @param made the peer, which is not open yet
   * @param context what the host knows of it
   * @param lifecycle hears how far it is
   */
  HostedPeer(PeerFactory.Made made, PeerContext context, PeerLifecycle lifecycle) {
    id = made.id();
    peer = made.peer();
    this.context = context;
    Negotiation negotiation = made.answered().negotiation();
    answer = negotiation.answer();
    refusedMedia = Refusals.forHost(negotiation.refusals());
    remoteUfrags = new HashSet<>(negotiation.remoteUfrags());
    candidates = made.candidates();
    newCredentials = made.newCredentials();
    this.lifecycle = lifecycle;
  }

  /** Lets its datagrams reach it, and starts the clock of its connect timeout. */
  final void open(IceCredentials local) {
    peer.open(local, this);
    peer.execute(peer::start);
  }

  /** Tells the host that it is connected. */
  abstract void tellConnected();

  /** Tells the host that it is gone. */
  abstract void tellEnded(DisconnectReason reason);

  @Override
  public final String id() {
    return id;
  }

  @Override
  public final String answer() {
    return answer;
  }

  @Override
  public final boolean isConnected() {
    return connected && !closed;
  }

  @Override
  public final boolean isClosed() {
    return closed;
  }

  @Override
  public final @Nullable DisconnectReason disconnectReason() {
    return disconnectReason;
  }

  @Override
  public final List<RefusedMedia> refusedMedia() {
    return refusedMedia;
  }

  @Override
  public final PeerContext context() {
    return context;
  }

  @Override
  public final Instant startedAt() {
    return startedAt;
  }

  @Override
  public final @Nullable InetSocketAddress remoteAddress() {
    return remoteAddress;
  }

  @Override
  public final void addRemoteCandidates(String sdpFragment) {
    parse(sdpFragment);
  }

  @Override
  public final String restartIce(String sdpFragment) {
    TrickleFragment fragment = parse(sdpFragment);
    IceCredentials remote = fragment.credentials();
    if (remote == null) {
      throw NegotiationException.malformed(
          "an ICE restart needs a=ice-ufrag and a=ice-pwd in the fragment", null);
    }
    return restartIce(fragment, remote);
  }

  @Override
  public final synchronized @Nullable String trickle(String sdpFragment) {
    TrickleFragment fragment = parse(sdpFragment);
    IceCredentials remote = fragment.credentials();
    if (remote == null || remoteUfrags.contains(remote.ufrag())) {
      return null;
    }
    return restartIce(fragment, remote);
  }

  @Override
  public final void onClose(Runnable listener) {
    Objects.requireNonNull(listener, "listener");
    synchronized (closeListeners) {
      if (!closed) {
        closeListeners.add(listener);
        return;
      }
    }
    SafeCall.run(listener);
  }

  @Override
  public final void close() {
    close(DisconnectReason.CLOSED_BY_HOST);
  }

  /**
   * Ends the session; the peer is told.
   *
   * @param reason what the host is told
   */
  public final void close(DisconnectReason reason) {
    onLoop(current -> current.close(reason));
  }

  @Override
  public final void connected() {
    connected = true;
    lifecycle.connected(this);
    tellConnected();
  }

  @Override
  public final void pathChanged(InetSocketAddress remote) {
    remoteAddress = remote;
  }

  @Override
  public final void ended(DisconnectReason reason) {
    markClosed(reason);
    lifecycle.ended(this);
    tellEnded(reason);
    closeListeners.forEach(SafeCall::run);
  }

  private synchronized String restartIce(TrickleFragment fragment, IceCredentials remote) {
    if (newCredentials == null) {
      throw NegotiationException.malformed(
          "ICE is restarted by the side that made the offer", null);
    }
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
