package dev.sluice.webrtc;

import dev.sluice.DisconnectReason;
import dev.sluice.ice.IceCredentials;
import dev.sluice.ice.IceListener;
import dev.sluice.ice.IceLiteAgent;
import dev.sluice.ice.Stun;
import dev.sluice.loop.TimerWheel;
import dev.sluice.srtp.dtls.DtlsSession;
import dev.sluice.srtp.dtls.DtlsStatus;
import dev.sluice.srtp.dtls.Fingerprint;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebRTC peer, from the answer to its offer to the last datagram: ICE finds the path, DTLS the
 * keys, then {@link PeerMedia} has the rest. It knows no direction.
 *
 * <p>Datagrams are told apart by their first byte (RFC 7983). Nothing is sent to an address that
 * has not passed an authenticated check.
 */
final class Peer extends TimerWheel.Entry implements IceListener {
  private static final Logger LOG = LoggerFactory.getLogger(Peer.class);
  private static final int DTLS_FIRST = 20;
  private static final int DTLS_LAST = 63;
  private static final int RTP_FIRST = 128;
  private static final int RTP_LAST = 191;

  private final PeerLoop loop;
  private final PeerSettings settings;
  private final PeerMedia media;
  private @Nullable PeerListener listener;
  private final IceLiteAgent ice;
  private final DtlsSession dtls;
  private final long connectDeadline;
  private @Nullable InetSocketAddress dtlsRemote;
  private boolean connected;
  private boolean ended;

  /**
   * Makes a session that waits for the peer's first check.
   *
   * @param loop whose thread it will be used from
   * @param settings what all sessions share
   * @param media its tracks
   * @param local ICE credentials the peer was told
   * @param fingerprints of the peer's certificate, from its offer
   */
  Peer(
      PeerLoop loop,
      PeerSettings settings,
      PeerMedia media,
      IceCredentials local,
      Collection<Fingerprint> fingerprints) {
    this.loop = loop;
    loop.sessionOpened();
    this.settings = settings;
    this.media = media;
    long now = settings.clock().nanos();
    connectDeadline = now + settings.connectTimeoutNanos();
    ice = new IceLiteAgent(loop.ice(), local, this, now);
    dtls = settings.dtls().newSession(now, fingerprints, this::wakeUp);
  }

  /**
   * Lets datagrams reach it; from any thread, once, before it is started.
   *
   * @param local ICE credentials the peer was told
   * @param hears what happens
   */
  void open(IceCredentials local, PeerListener hears) {
    listener = hears;
    settings.directory().add(local.ufrag(), this);
  }

  /** whose thread it is used from; any thread */
  PeerLoop loop() {
    return loop;
  }

  /** Starts the clock of the connect timeout. */
  void start() {
    if (!ended) {
      schedule();
    }
  }

  /**
   * Restarts ICE (RFC 8445, section 9).
   *
   * @param local new credentials
   */
  void restartIce(IceCredentials local) {
    if (!ended) {
      settings.directory().add(local.ufrag(), this);
      ice.restart(settings.clock().nanos(), local);
      schedule();
    }
  }

  /**
   * Takes note of a candidate.
   *
   * @param line as in SDP
   */
  void addRemoteCandidate(String line) {
    if (!ended) {
      ice.addRemoteCandidate(line);
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
    loop.sessionEnded();
    loop.cancel(this);
    media.close(loop);
    dtls.close(settings.clock().nanos());
    transmitDtls();
    loop.socket().flush();
    ice.close();
    tell(hears -> hears.ended(reason));
  }

  void receive(long nowNanos, byte[] datagram, int length, InetSocketAddress from) {
    if (ended) {
      return;
    }
    try {
      demultiplex(nowNanos, datagram, length, from);
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  @Override
  protected void onDeadline(long nowNanos) {
    try {
      handleTimeouts(nowNanos);
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void demultiplex(long nowNanos, byte[] datagram, int length, InetSocketAddress from) {
    int first = datagram[0] & 0xFF;
    if (Stun.isStun(datagram[0])) {
      receiveStun(nowNanos, datagram, length, from);
    } else if (!ice.knows(from)) {
      media.countUnexpected();
    } else if (first >= DTLS_FIRST && first <= DTLS_LAST) {
      dtlsRemote = from;
      dtls.handle(nowNanos, datagram, 0, length);
      afterDtls(nowNanos);
    } else if (first >= RTP_FIRST && first <= RTP_LAST) {
      media.receive(nowNanos, datagram, length, loop);
    } else {
      media.countUnexpected();
    }
  }

  private void handleTimeouts(long nowNanos) {
    ice.handleTimeout(nowNanos);
    if (ice.isExpired(nowNanos)) {
      ice.close(); // without consent there is no goodbye either (RFC 7675, section 5.1)
      close(connected ? DisconnectReason.CONSENT_LOST : DisconnectReason.CONNECT_TIMEOUT);
      return;
    }
    if (!connected && nowNanos - connectDeadline >= 0) {
      close(DisconnectReason.CONNECT_TIMEOUT);
      return;
    }
    dtls.handleTimeout(nowNanos);
    afterDtls(nowNanos);
    if (!ended && connected && !media.reportIfDue(nowNanos, loop)) {
      close(DisconnectReason.KEYS_EXHAUSTED);
    }
    if (!ended) {
      schedule();
    }
  }

  /** this session ends, without a goodbye, and no other of the loop is touched */
  private void fail(RuntimeException cause) {
    LOG.error("a viewer's session failed", cause);
    loop.egress().discardRun();
    ice.close();
    close(DisconnectReason.FAILED);
  }

  @Override
  public void remoteAdded(InetSocketAddress remote) {}

  @Override
  public void remoteRemoved(InetSocketAddress remote) {
    settings.directory().remove(remote, this);
  }

  @Override
  public void selectedChanged(@Nullable InetSocketAddress remote) {
    if (remote != null) {
      tell(hears -> hears.pathChanged(remote));
      media.resume(remote, loop);
    } else {
      media.pause(loop);
    }
  }

  @Override
  public void ufragRetired(String ufrag) {
    settings.directory().remove(ufrag, this);
  }

  private void receiveStun(long nowNanos, byte[] datagram, int length, InetSocketAddress from) {
    byte[] out = loop.outbound();
    int response = ice.handle(nowNanos, datagram, 0, length, from, out);
    if (response > 0) {
      loop.socket().send(out, 0, response, from);
    }
    if (ice.knows(from)) {
      settings.directory().add(from, this);
    }
  }

  private void tell(Consumer<PeerListener> event) {
    if (listener != null) {
      event.accept(listener);
    }
  }

  private void wakeUp() {
    loop.eventLoop()
        .execute(
            () -> {
              if (!ended) {
                onDeadline(settings.clock().nanos());
                loop.socket().flush();
              }
            });
  }

  private void afterDtls(long nowNanos) {
    transmitDtls();
    DtlsStatus status = dtls.status();
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
    if (dtlsRemote != null) {
      ice.selectFirst(dtlsRemote);
    }
    if (ice.selected() != null) {
      connected = true;
      media.start(nowNanos, dtls.takeKeys(), loop);
      tell(PeerListener::connected);
    }
  }

  /** the selected path, or the one that the handshake comes by while none is selected */
  private @Nullable InetSocketAddress remote() {
    boolean onlyHandshake = ice.selected() == null && dtlsRemote != null && ice.knows(dtlsRemote);
    return onlyHandshake ? dtlsRemote : ice.selected();
  }

  private void transmitDtls() {
    InetSocketAddress remote = remote();
    if (remote == null) {
      return;
    }
    byte[] out = loop.outbound();
    for (int length = dtls.pollTransmit(out); length > 0; length = dtls.pollTransmit(out)) {
      loop.socket().send(out, 0, length, remote);
    }
  }

  private void schedule() {
    long next = ice.nextTimeout();
    next = Math.min(next, dtls.nextTimeout());
    next = Math.min(next, connected ? media.nextReport() : connectDeadline);
    loop.schedule(this, next);
  }
}
