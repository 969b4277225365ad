package dev.sluice.session;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whose datagram is it? All sessions of an engine by ICE user-name fragment and, once a check was
 * authenticated, by the peer's address. Safe for any thread.
 */
public final class SessionDirectory {
  private final Map<String, ViewerSession> byUfrag = new ConcurrentHashMap<>();
  private final Map<InetSocketAddress, ViewerSession> byAddress = new ConcurrentHashMap<>();

  /** Makes an empty directory. */
  public SessionDirectory() {}

  @Nullable ViewerSession byUfrag(String ufrag) {
    return byUfrag.get(ufrag);
  }

  @Nullable ViewerSession byAddress(InetSocketAddress remote) {
    return byAddress.get(remote);
  }

  /**
   * Has checks with this fragment reach a session.
   *
   * @param ufrag the local user-name fragment
   * @param session whose it is
   */
  public void add(String ufrag, ViewerSession session) {
    byUfrag.put(ufrag, session);
  }

  void remove(String ufrag, ViewerSession session) {
    byUfrag.remove(ufrag, session);
  }

  /** the first session to show that it is at an address keeps it while it lasts */
  void add(InetSocketAddress remote, ViewerSession session) {
    byAddress.putIfAbsent(remote, session);
  }

  void remove(InetSocketAddress remote, ViewerSession session) {
    byAddress.remove(remote, session);
  }
}
