package dev.sluice.webrtc;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** What a peer sends and receives by, on real sockets. */
interface Wire extends AutoCloseable {

  /** sends a packet to the engine */
  void send(byte[] packet, InetSocketAddress engine) throws IOException;

  /** returns the next packet, null when there is none at the moment */
  byte @Nullable [] receive() throws IOException;

  @Override
  void close() throws IOException;
}
