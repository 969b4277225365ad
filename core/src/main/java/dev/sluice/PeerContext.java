package dev.sluice;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What the host knows of a peer besides its offer. The engine keeps it and makes no use of it.
 *
 * @param signallingAddress where the offer came from, or null
 * @param userAgent the peer's software, or null; the peer's own words
 * @param attachment anything of the host's, such as who it is, or null
 */
public record PeerContext(
    @Nullable InetSocketAddress signallingAddress,
    @Nullable String userAgent,
    @Nullable Object attachment) {

  /** nothing known */
  public static final PeerContext NONE = new PeerContext(null, null, null);
}
