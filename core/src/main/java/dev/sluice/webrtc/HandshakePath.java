package dev.sluice.webrtc;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where our side of a handshake went. If all of it went to one address, a peer that completes the
 * handshake receives there, wherever its own datagrams seem to come from.
 */
final class HandshakePath {
  private @Nullable InetSocketAddress first;
  private boolean split;

  void sentTo(InetSocketAddress remote) {
    if (first == null) {
      first = remote;
    }
    split |= !remote.equals(first);
  }

  /** the address that a complete handshake proves, null if there were several */
  @Nullable InetSocketAddress proved() {
    return split ? null : first;
  }
}
