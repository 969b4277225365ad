package dev.sluice.webrtc;

import dev.sluice.DisconnectReason;
import dev.sluice.JoinPhase;
import dev.sluice.ice.IceAgent;
import dev.sluice.ice.IceCredentials;
import dev.sluice.ice.IceListener;
import dev.sluice.ice.IceLiteAgent;
import dev.sluice.ice.Stun;
import dev.sluice.loop.Failures;
import dev.sluice.loop.PeerPath;
import dev.sluice.loop.TimerWheel;
import dev.sluice.loop.UdpPath;
import dev.sluice.srtp.dtls.DtlsStatus;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebRTC peer, from offer and answer to the last datagram: ICE finds the path, DTLS the keys,
 * then {@link PeerMedia} has the rest. It knows no direction.
 *
 * <p>Datagrams are told apart by their first byte (RFC 7983). Nothing but checks is sent to an
 * address that has not passed an authenticated one, and no media to one that has not shown that the
 * peer receives there.
 */
final class Peer extends TimerWheel.Entry implements IceListener<PeerPath> {
  private static final Logger LOG = LoggerFactory.getLogger(Peer.class);
  private static final int RTP_FIRST = 128;
  private static final int RTP_LAST = 191;

  private final PeerSettings settings;
  private final PeerMedia media;
  private final RemotePeer remote;
  private final PeerHome home;
  private @Nullable PeerListener listener;
  private IceAgent<PeerPath> ice;
  private PeerHandshake handshake;
  private final ConnectDeadline deadline;
  private final @Nullable EarlyMedia early;
  private @Nullable UdpPath newest;
  private boolean connected;
  private boolean ended;

  /**
   * Makes a session without a path.
   *
   * @param home whose thread it will be used from
   * @param settings what all sessions share
   * @param media its tracks
   * @param remote with whom
   */
  Peer(PeerHome home, PeerSettings settings, PeerMedia media, RemotePeer remote) {
    this.home = home;
    this.settings = settings;
    this.media = media;
    this.remote = remote;
    long now = settings.clock().nanos();
    deadline = new ConnectDeadline(now, settings.connectTimeoutNanos());
    early = remote.mayBeEarly() ? new EarlyMedia() : null;
    ice = remote.ice(home.loop(), this, now);
    handshake =
        new PeerHandshake(remote.dtls(settings.dtls(), now, this::wakeUp), home.loop(), ice);
  }

  /**
   * Lets datagrams reach it; from any thread, once, before it is started.
   *
   * @param local ICE credentials the peer was told
   * @param hears what happens
   */
  void open(IceCredentials local, PeerListener hears) {
    listener = hears;
    loop().sessionOpened(this);
    settings.directory().add(local.ufrag(), this);
  }

  /** whose thread it is used from; any thread */
  PeerLoop loop() {
    return home.loop();
  }

  /**
   * Does something on the session's event loop; from any thread. What it throws ends the session.
   * Nothing happens when the event loop has ended, as the session has then.
   *
   * @param action what to do
   */
  void execute(Runnable action) {
    home.execute(() -> run(action));
  }

  /** Moves to the loop that a datagram came to, if it is the first one; returns whether it has. */
  boolean movesTo(PeerLoop other) {
    if (ended || !home.isBetter(other)) {
      return false;
    }
    loop().cancel(this);
    loop().sessionEnded(this);
    ice = remote.ice(other, this, settings.clock().nanos());
    handshake = handshake.on(other, ice);
    if (!home.change(other, () -> run(this::start))) {
      abandon();
    }
    return true;
  }

  private void run(Runnable action) {
    try {
      action.run();
    } catch (Throwable e) {
      fail(e);
    }
  }

  /** Begins to live on its loop, which minds the connect timeout from now on. */
  void start() {
    if (!ended) {
      loop().sessionOpened(this);
      schedule();
    }
  }

  /**
   * Restarts ICE (RFC 8445, section 9) as its peer wants it, which is one that has made an offer.
   *
   * @param local new credentials
   * @param remote the peer's new credentials
   */
  void restartIce(IceCredentials local, IceCredentials remote) {
    home.settle();
    if (!ended && ice instanceof IceLiteAgent<PeerPath> lite) {
      settings.directory().add(local.ufrag(), this);
      lite.restart(settings.clock().nanos(), local, remote);
      schedule();
    }
  }

  /**
   * Ends the session, with a goodbye where a path and keys are there.
   *
   * @param reason what the listener is told
   */
  void close(DisconnectReason reason) {
    if (ended) {
      return;
    }
    ended = true;
    loop().cancel(this);
    try {
      media.close(loop());
      handshake.close(settings.clock().nanos());
      loop().socket().flush();
    } catch (Throwable e) {
      Failures.log(LOG, "a peer's session ended without its goodbye", e);
    } finally {
      leave(reason);
    }
  }

  /** Ends the session as failed, without a goodbye. */
  void abandon() {
    try {
      ice.close();
    } catch (Throwable e) {
      Failures.log(LOG, "a peer's path could not be closed", e);
    } finally {
      close(DisconnectReason.FAILED);
    }
  }

  private void leave(DisconnectReason reason) {
    try {
      ice.close();
    } finally {
      loop().sessionEnded(this);
      tell(hears -> hears.ended(reason));
    }
  }

  /** Whether handshakes from its address may be another session's; any thread. */
  boolean isHandshakeComplete() {
    return handshake.isComplete();
  }

  /** Returns false if the datagram may be another session's at the same address. */
  boolean receive(long nowNanos, byte[] datagram, int length, InetSocketAddress from) {
    UdpPath path = newest;
    if (path == null || !path.address().equals(from)) {
      path = new UdpPath(loop().socket(), from);
      newest = path;
    }
    return receive(nowNanos, datagram, length, path);
  }

  /** Takes a packet from a connection. */
  void receive(byte[] packet, int length, PeerPath from) {
    receive(settings.clock().nanos(), packet, length, from);
  }

  private boolean receive(long nowNanos, byte[] datagram, int length, PeerPath from) {
    home.settle();
    if (ended) {
      return false;
    }
    try {
      return demultiplex(nowNanos, datagram, length, from);
    } catch (Throwable e) {
      fail(e);
      return true;
    }
  }

  /** Whether an authentic check has come by a path. */
  boolean knows(PeerPath path) {
    return ice.knows(path);
  }

  /** A connection was closed; the peer may come back by another. */
  void lost(PeerPath path) {
    if (!ended) {
      run(
          () -> {
            ice.lost(settings.clock().nanos(), path);
            onDeadline(settings.clock().nanos());
          });
    }
  }

  /** A connection takes more, which it did not for a time. */
  void writable(PeerPath path) {
    if (!ended && path.equals(ice.selected())) {
      media.takesMore(loop());
    }
  }

  @Override
  protected void onDeadline(long nowNanos) {
    try {
      handleTimeouts(nowNanos);
    } catch (Throwable e) {
      fail(e);
    }
  }

  private boolean demultiplex(long nowNanos, byte[] datagram, int length, PeerPath from) {
    int first = datagram[0] & 0xFF;
    if (Stun.isStun(datagram[0])) {
      receiveStun(nowNanos, datagram, length, from);
      return Stun.isBindingRequest(datagram, 0, length);
    } else if (!ice.knows(from)) {
      media.countUnexpected();
    } else if (PeerHandshake.isDtls(datagram)) {
      if (handshake.receive(nowNanos, datagram, length, from)) {
        tell(hears -> hears.reached(JoinPhase.HANDSHAKE_BEGUN));
      }
      afterDtls(nowNanos);
      return PeerHandshake.isPlain(datagram, length);
    } else if (first >= RTP_FIRST && first <= RTP_LAST) {
      return (early != null && !connected && early.hold(datagram, length))
          || media.receive(nowNanos, datagram, length, loop());
    } else {
      media.countUnexpected();
    }
    return false;
  }

  private void handleTimeouts(long nowNanos) {
    ice.handleTimeout(nowNanos);
    if (ice.isExpired(nowNanos)) {
      ice.close(); // without consent there is no goodbye either (RFC 7675, section 5.1)
      close(connected ? DisconnectReason.CONSENT_LOST : DisconnectReason.CONNECT_TIMEOUT);
      return;
    }
    if (!connected && nowNanos - deadline.nanos() >= 0) {
      close(DisconnectReason.CONNECT_TIMEOUT);
      return;
    }
    handshake.handleTimeout(nowNanos);
    afterDtls(nowNanos);
    if (!ended && connected && !media.reportIfDue(nowNanos, loop())) {
      close(DisconnectReason.KEYS_EXHAUSTED);
    }
    if (!ended) {
      schedule();
    }
  }

  /** this session ends, without a goodbye, and no other of the loop is touched */
  private void fail(Throwable cause) {
    Failures.log(LOG, "a peer's session failed", cause);
    loop().egress().discardRun();
    abandon();
  }

  @Override
  public void pathAdded(PeerPath path) {
    settings.directory().add(path, this);
  }

  @Override
  public void pathRemoved(PeerPath path) {
    settings.directory().remove(path, this);
    path.release();
  }

  @Override
  public void selectedChanged(@Nullable PeerPath path) {
    if (path != null) {
      tell(hears -> hears.pathChanged(path.address()));
      media.resume(path, loop());
    } else {
      media.pause(loop());
    }
  }

  @Override
  public void ufragRetired(String ufrag) {
    settings.directory().remove(ufrag, this);
  }

  private void receiveStun(long nowNanos, byte[] datagram, int length, PeerPath from) {
    byte[] out = loop().outbound();
    int response = ice.handle(nowNanos, datagram, 0, length, from, from.address(), out);
    boolean known = ice.knows(from);
    if (response > 0 && (known || from.isWritable())) {
      from.send(out, 0, response);
    }
    if (known) {
      if (deadline.checked()) {
        tell(hears -> hears.reached(JoinPhase.CHECKED));
      }
      settings.directory().add(from, this);
    }
    handshake.proceed(nowNanos);
    if (handshake.isComplete() && !connected) {
      connect(nowNanos);
      schedule();
    } else if (!handshake.isComplete() || !from.equals(ice.selected())) {
      schedule();
    }
  }

  private void tell(Consumer<PeerListener> event) {
    if (listener != null) {
      event.accept(listener);
    }
  }

  private void wakeUp() {
    execute(
        () -> {
          if (!ended) {
            onDeadline(settings.clock().nanos());
            loop().socket().flush();
          }
        });
  }

  private void afterDtls(long nowNanos) {
    DtlsStatus status = handshake.status();
    if (status == DtlsStatus.CONNECTED && !handshake.isComplete()) {
      handshake.complete(nowNanos);
      tell(hears -> hears.reached(JoinPhase.HANDSHAKE_DONE));
    }
    handshake.proceed(nowNanos);
    if (status == DtlsStatus.FAILED) {
      close(DisconnectReason.HANDSHAKE_FAILED);
    } else if (status == DtlsStatus.CLOSED) {
      close(DisconnectReason.CLOSED_BY_PEER);
    } else {
      if (status == DtlsStatus.CONNECTED && !connected) {
        connect(nowNanos);
      }
      schedule();
    }
  }

  private void connect(long nowNanos) {
    if (ice.selected() != null) {
      connected = true;
      media.start(nowNanos, handshake.takeKeys(), loop(), this::fail);
      tell(PeerListener::connected);
      if (early != null) {
        early.release(datagram -> media.receive(nowNanos, datagram, datagram.length, loop()));
        loop().endRead();
      }
    }
  }

  private void schedule() {
    long next = ice.nextTimeout();
    next = Math.min(next, handshake.nextTimeout());
    next = Math.min(next, connected ? media.nextReport() : deadline.nanos());
    loop().schedule(this, next);
  }
}
