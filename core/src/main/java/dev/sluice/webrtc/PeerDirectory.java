package dev.sluice.webrtc;

import dev.sluice.loop.PeerPath;
import dev.sluice.loop.UdpPath;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whose datagram is it? All sessions of an engine by ICE user-name fragment and, once a check was
 * authenticated, by the peer's address. Several sessions may be at one address: the newest comes
 * first, and of too many the oldest is left out until its next check. Safe for any thread.
 */
public final class PeerDirectory {
  private static final int MOST_AT_AN_ADDRESS = 8;

  private final Map<String, Peer> byUfrag = new ConcurrentHashMap<>();
  private final Map<InetSocketAddress, List<Peer>> byAddress = new ConcurrentHashMap<>();

  /** Makes an empty directory. */
  public PeerDirectory() {}

  @Nullable Peer byUfrag(String ufrag) {
    return byUfrag.get(ufrag);
  }

  /** the session that came to an address last */
  @Nullable Peer byAddress(InetSocketAddress remote) {
    List<Peer> here = at(remote);
    return here.isEmpty() ? null : here.get(0);
  }

  /** the session to ask when what comes from an address is not this one's */
  @Nullable Peer after(Peer session, InetSocketAddress remote) {
    List<Peer> here = at(remote);
    int next = here.indexOf(session) + 1;
    return next > 0 && next < here.size() ? here.get(next) : null;
  }

  /** the session at an address that a handshake belongs to: the newest that has to complete one */
  @Nullable Peer handshaking(InetSocketAddress remote) {
    for (Peer session : at(remote)) {
      if (!session.isHandshakeComplete()) {
        return session;
      }
    }
    return byAddress(remote);
  }

  private List<Peer> at(InetSocketAddress remote) {
    return byAddress.getOrDefault(remote, List.of());
  }

  /**
   * Has checks with this fragment reach a session.
   *
   * @param ufrag the local user-name fragment
   * @param session whose it is
   */
  public void add(String ufrag, Peer session) {
    byUfrag.put(ufrag, session);
  }

  void remove(String ufrag, Peer session) {
    byUfrag.remove(ufrag, session);
  }

  /** an authenticated check of this session has come by a path; a connection is nobody else's */
  void add(PeerPath path, Peer session) {
    if (path instanceof UdpPath && !at(path.address()).contains(session)) {
      byAddress.compute(path.address(), (address, here) -> withNewest(session, here));
    }
  }

  private static List<Peer> withNewest(Peer session, @Nullable List<Peer> here) {
    if (here == null) {
      return List.of(session);
    }
    return Stream.concat(Stream.of(session), here.stream()).limit(MOST_AT_AN_ADDRESS).toList();
  }

  void remove(PeerPath path, Peer session) {
    if (path instanceof UdpPath) {
      byAddress.computeIfPresent(path.address(), (address, here) -> without(session, here));
    }
  }

  private static @Nullable List<Peer> without(Peer session, List<Peer> here) {
    List<Peer> others = here.stream().filter(other -> other != session).toList();
    return others.isEmpty() ? null : others;
  }
}
