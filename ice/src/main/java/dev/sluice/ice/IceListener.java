package dev.sluice.ice;

import org.jspecify.annotations.Nullable;

/**
 * Hears what a demultiplexer and a sender need to know of an {@link IceAgent}.
 *
 * <p>Calls come on the caller's thread from within a method of the agent, after its state has
 * changed. An implementation may ask the agent but not call a method of it that changes it.
 *
 * @param <P> what stands for a path, see {@link IceAgent}
 */
public interface IceListener<P> {
  /**
   * The peer sent an authenticated check by a new path, or is sent one there: what else comes by it
   * may belong to this session too, see {@link IceAgent#knows}.
   *
   * @param path to the peer
   */
  void pathAdded(P path);

  /**
   * A path is no longer known to the agent. Another session may have learnt the same one since, so
   * remove a route only if it still leads here.
   *
   * @param path to the peer
   */
  void pathRemoved(P path);

  /**
   * {@link IceAgent#selected} has changed.
   *
   * @param path by which to send from now on, null for none
   */
  void selectedChanged(@Nullable P path);

  /**
   * The agent no longer accepts checks with this local username fragment.
   *
   * @param ufrag of credentials given to the agent before
   */
  void ufragRetired(String ufrag);
}
