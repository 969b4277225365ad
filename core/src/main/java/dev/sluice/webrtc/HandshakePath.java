package dev.sluice.webrtc;

import dev.sluice.ice.IceLiteAgent;
import dev.sluice.srtp.dtls.DtlsSession;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where our side of DTLS goes. If all of a handshake went to one address, a peer that completes it
 * receives there, wherever its own datagrams seem to come from. Until then it is repeated freely
 * only to an address that has answered a check of ours.
 */
final class HandshakePath {
  private final PeerLoop loop;
  private final IceLiteAgent ice;
  private final DtlsSession dtls;
  private @Nullable InetSocketAddress newest;
  private @Nullable InetSocketAddress first;
  private boolean split;
  private boolean complete;

  HandshakePath(PeerLoop loop, IceLiteAgent ice, DtlsSession dtls) {
    this.loop = loop;
    this.ice = ice;
    this.dtls = dtls;
  }

  /** {@return whether nothing was received before} */
  boolean received(long nowNanos, InetSocketAddress from) {
    boolean begins = newest == null;
    newest = from;
    seekProof(nowNanos);
    return begins;
  }

  /** Takes note of whether the peer is known to receive here, and asks it if that matters. */
  void seekProof(long nowNanos) {
    InetSocketAddress remote = remote();
    if (complete || remote == null) {
      return;
    }
    dtls.addressProved(nowNanos, ice.isProved(remote));
    if (dtls.isProofWanted()) {
      ice.seekProof(nowNanos, remote);
    }
  }

  /** the handshake is complete: {@return the address that it proves, null if there were several} */
  @Nullable InetSocketAddress complete() {
    complete = true;
    return split ? null : first;
  }

  void transmit() {
    InetSocketAddress remote = remote();
    if (remote == null) {
      return;
    }
    byte[] out = loop.outbound();
    for (int length = dtls.pollTransmit(out); length > 0; length = dtls.pollTransmit(out)) {
      loop.socket().send(out, 0, length, remote);
      sentTo(remote);
    }
  }

  private void sentTo(InetSocketAddress remote) {
    if (complete) {
      return;
    }
    if (first == null) {
      first = remote;
    }
    split |= !remote.equals(first);
  }

  /** the selected path, or the one that the handshake comes by while none is selected */
  private @Nullable InetSocketAddress remote() {
    boolean onlyHandshake = ice.selected() == null && newest != null && ice.knows(newest);
    return onlyHandshake ? newest : ice.selected();
  }
}
