package dev.sluice.webrtc;

import org.jspecify.annotations.Nullable;

/** Where a new peer gets its home. Safe for any thread. */
@FunctionalInterface
public interface PeerLoops {

  /**
   * Chooses an event loop.
   *
   * @param writer the thread that writes what the peer will read, null while unknown
   * @return the new peer's home, which may be provisional
   */
  PeerHome next(@Nullable Thread writer);
}
