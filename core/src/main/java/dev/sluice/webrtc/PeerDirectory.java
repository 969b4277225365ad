package dev.sluice.webrtc;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whose datagram is it? All sessions of an engine by ICE user-name fragment and, once a check was
 * authenticated, by the peer's address. Safe for any thread.
 */
public final class PeerDirectory {
  private final Map<String, Peer> byUfrag = new ConcurrentHashMap<>();
  private final Map<InetSocketAddress, Peer> byAddress = new ConcurrentHashMap<>();

  /** Makes an empty directory. */
  public PeerDirectory() {}

  @Nullable Peer byUfrag(String ufrag) {
    return byUfrag.get(ufrag);
  }

  @Nullable Peer byAddress(InetSocketAddress remote) {
    return byAddress.get(remote);
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

  /** the first session to show that it is at an address keeps it while it lasts */
  void add(InetSocketAddress remote, Peer session) {
    byAddress.putIfAbsent(remote, session);
  }

  void remove(InetSocketAddress remote, Peer session) {
    byAddress.remove(remote, session);
  }
}
