package dev.sluice.webrtc;

import dev.sluice.DisconnectReason;
import dev.sluice.NegotiationException;
import dev.sluice.RelayListener;
import dev.sluice.Viewer;
import dev.sluice.ViewerStatistics;
import dev.sluice.ice.IceCredentials;
import dev.sluice.loop.SafeCall;
import dev.sluice.sdp.SdpException;
import dev.sluice.sdp.TrickleFragment;
import dev.sluice.stream.RelayedStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A peer that watches a stream, as the host sees it. */
public final class PeerViewer implements Viewer, PeerListener {
  private final String id;
  private final RelayedStream stream;
  private final Peer peer;
  private final SendingMedia media;
  private final String answer;
  private final List<String> candidates;
  private final Supplier<IceCredentials> newCredentials;
  private final RelayListener host;
  private final List<Runnable> closeListeners = new ArrayList<>();
  private volatile boolean closed;
  private volatile boolean connected;

  /**
   * Makes the host's view of a peer.
   *
   * @param id an unguessable name
   * @param stream what it watches
   * @param peer its session, which is not open yet
   * @param media what it is sent
   * @param answer to its offer
   * @param candidates of this side, for the answer to an ICE restart
   * @param newCredentials makes credentials for an ICE restart
   * @param host hears what happens
   */
  PeerViewer(
      String id,
      RelayedStream stream,
      Peer peer,
      SendingMedia media,
      String answer,
      List<String> candidates,
      Supplier<IceCredentials> newCredentials,
      RelayListener host) {
    this.id = id;
    this.stream = stream;
    this.peer = peer;
    this.media = media;
    this.answer = answer;
    this.candidates = candidates;
    this.newCredentials = newCredentials;
    this.host = host;
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
  public void addRemoteCandidates(String sdpFragment) {
    TrickleFragment fragment = parse(sdpFragment);
    onLoop(current -> fragment.candidates().forEach(current::addRemoteCandidate));
  }

  @Override
  public String restartIce(String sdpFragment) {
    TrickleFragment fragment = parse(sdpFragment);
    if (fragment.credentials() == null) {
      throw new NegotiationException(
          "an ICE restart needs a=ice-ufrag and a=ice-pwd in the fragment");
    }
    IceCredentials local = newCredentials.get();
    onLoop(current -> current.restartIce(local));
    return fragment.answer(local, candidates);
  }

  @Override
  public void onClose(Runnable listener) {
    synchronized (closeListeners) {
      if (!closed) {
        closeListeners.add(listener);
        return;
      }
    }
    listener.run();
  }

  @Override
  public ViewerStatistics statistics() {
    return media.statistics();
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
  public void connected() {
    connected = true;
    SafeCall.run(() -> host.viewerConnected(this));
  }

  @Override
  public void ended(DisconnectReason reason) {
    markClosed().forEach(SafeCall::run);
    SafeCall.run(() -> host.viewerDisconnected(this, reason));
  }

  void firstFrameSent() {
    SafeCall.run(() -> host.firstFrameSent(this));
  }

  private List<Runnable> markClosed() {
    synchronized (closeListeners) {
      closed = true;
      return List.copyOf(closeListeners);
    }
  }

  private void onLoop(Consumer<Peer> action) {
    if (!closed) {
      peer.loop().eventLoop().execute(() -> action.accept(peer));
    }
  }

  private static TrickleFragment parse(String sdpFragment) {
    try {
      return TrickleFragment.parse(sdpFragment);
    } catch (SdpException e) {
      throw new NegotiationException(e);
    }
  }
}
