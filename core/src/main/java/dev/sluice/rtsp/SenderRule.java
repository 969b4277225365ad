package dev.sluice.rtsp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Whose datagrams are taken.
 *
 * @param address of the sender; null for any
 * @param port of the sender, or {@link TransportSpec#NONE} where it is not known: then it is that
 *     of its first datagram
 * @param mayMove whether the sender's port, and with any sender its address, may change
 */
record SenderRule(@Nullable InetAddress address, int port, boolean mayMove) {

  /** the peer of a connection, and its port */
  static SenderRule of(InetSocketAddress peer, int port) {
    return new SenderRule(peer.getAddress(), port, false);
  }

  boolean allows(InetAddress sender) {
    return address == null || address.equals(sender);
  }

  /** where to send to before anything came; null where that is not known */
  @Nullable InetSocketAddress remote() {
    return address == null || port == TransportSpec.NONE
        ? null
        : new InetSocketAddress(address, port);
  }
}
