package dev.sluice.ice;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Hears what a demultiplexer and a sender need to know of an {@link IceLiteAgent}.
 *
 * <p>Calls come on the caller's thread from within a method of the agent, after its state has
 * changed. An implementation may ask the agent but not call a method of it that changes it.
 */
public interface IceListener {
  /**
   * The peer sent an authenticated check from a new address: other datagrams from there belong to
   * this session too.
   *
   * @param remote the peer's transport address
   */
  void remoteAdded(InetSocketAddress remote);

  /**
   * A remote address is no longer known to the agent. Another session may have learnt the same
   * address since, so remove a route only if it still leads here.
   *
   * @param remote the peer's transport address
   */
  void remoteRemoved(InetSocketAddress remote);

  /**
   * {@link IceLiteAgent#selected} has changed.
   *
   * @param remote where to send to from now on, null for nowhere
   */
  void selectedChanged(@Nullable InetSocketAddress remote);

  /**
   * The agent no longer accepts checks with this local username fragment.
   *
   * @param ufrag of credentials given to the agent before
   */
  void ufragRetired(String ufrag);
}
