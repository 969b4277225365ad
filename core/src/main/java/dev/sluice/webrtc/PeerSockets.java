package dev.sluice.webrtc;

import java.util.concurrent.CompletionStage;

/** Opens sockets for peers that are called. Safe for any thread. */
@FunctionalInterface
public interface PeerSockets {

  /** {@return a socket on any free port; completed on any thread, without waiting here} */
  CompletionStage<PeerSocket> open();
}
