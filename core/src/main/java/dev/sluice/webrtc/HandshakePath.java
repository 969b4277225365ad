package dev.sluice.webrtc;

import dev.sluice.ice.IceAgent;
import dev.sluice.loop.PeerPath;
import dev.sluice.srtp.dtls.DtlsSession;
import org.jspecify.annotations.Nullable;

/**
 * The way that our side of DTLS goes. If all of a handshake went one way, a peer that completes it
 * receives there, wherever its own datagrams seem to come from. Until then it is repeated freely
 * only by a path that has answered a check of ours.
 */
final class HandshakePath {
  private final PeerLoop loop;
  private final IceAgent<PeerPath> ice;
  private final DtlsSession dtls;
  private @Nullable PeerPath newest;
  private @Nullable PeerPath first;
  private boolean split;
  private boolean complete;

  HandshakePath(PeerLoop loop, IceAgent<PeerPath> ice, DtlsSession dtls) {
    this.loop = loop;
    this.ice = ice;
    this.dtls = dtls;
  }

  /** {@return whether nothing was received before} */
  boolean received(long nowNanos, PeerPath from) {
    boolean begins = newest == null;
    newest = from;
    seekProof(nowNanos);
    return begins;
  }

  /** Takes note of whether the peer is known to receive here, and asks it if that matters. */
  void seekProof(long nowNanos) {
    PeerPath remote = remote();
    if (complete || remote == null) {
      return;
    }
    dtls.addressProved(nowNanos, ice.isProved(remote));
    if (dtls.isProofWanted()) {
      ice.seekProof(nowNanos, remote);
    }
  }

  /** the handshake is complete: {@return the path that it proves, null if there were several} */
  @Nullable PeerPath complete() {
    complete = true;
    return split ? null : first;
  }

  void sendChecks(long nowNanos) {
    byte[] out = loop.outbound();
    for (PeerPath to = ice.dueCheck(nowNanos); to != null; to = ice.dueCheck(nowNanos)) {
      to.send(out, 0, ice.writeCheck(nowNanos, out));
    }
  }

  void transmit() {
    PeerPath remote = remote();
    if (remote == null) {
      return;
    }
    byte[] out = loop.outbound();
    for (int length = dtls.pollTransmit(out); length > 0; length = dtls.pollTransmit(out)) {
      remote.send(out, 0, length);
      sentTo(remote);
    }
  }

  private void sentTo(PeerPath remote) {
    if (complete) {
      return;
    }
    if (first == null) {
      first = remote;
    }
    split |= !remote.equals(first);
  }

  /** the selected path, or the one that the handshake comes by while none is selected */
  private @Nullable PeerPath remote() {
    boolean onlyHandshake = ice.selected() == null && newest != null && ice.knows(newest);
    return onlyHandshake ? newest : ice.selected();
  }
}
