package dev.sluice.webrtc;

import dev.sluice.loop.Handover;

/**
 * The event loop that a peer lives on. That may change once: from a provisional one to the one that
 * the peer's first datagram comes to, as all that follow will, before anything of it lives there.
 */
public final class PeerHome {
  private volatile PeerLoop loop;
  private boolean provisional;

  private PeerHome(PeerLoop loop, boolean provisional) {
    this.loop = loop;
    this.provisional = provisional;
  }

  /** {@return a loop for good} */
  public static PeerHome on(PeerLoop loop) {
    return new PeerHome(loop, false);
  }

  /** {@return a loop that is as good as any other} */
  public static PeerHome provisionally(PeerLoop loop) {
    return new PeerHome(loop, true);
  }

  /** any thread */
  PeerLoop loop() {
    return loop;
  }

  /** From now on it stays as it is; on its event loop. */
  void settle() {
    provisional = false;
  }

  /** Whether the peer had better live where a datagram came to; on its event loop. */
  boolean isBetter(PeerLoop other) {
    return provisional && other != loop && !other.isCrowdedBeside(loop);
  }

  /**
   * Changes it for good; on its event loop.
   *
   * @param arrival what is to be done there first
   * @return false when it will not be done
   */
  boolean change(PeerLoop other, Runnable arrival) {
    provisional = false;
    loop = other;
    return execute(arrival);
  }

  /**
   * Has something done there; from any thread.
   *
   * @return false when it will not be done
   */
  boolean execute(Runnable action) {
    PeerLoop home = loop;
    return Handover.offer(
        home.eventLoop(),
        () -> {
          if (home == loop) {
            action.run();
          } else {
            execute(action);
          }
        });
  }
}
