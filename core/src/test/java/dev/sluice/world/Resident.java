package dev.sluice.world;

import java.net.InetSocketAddress;

/** Who is at an address. */
interface Resident {
  /** returns whether what the engine sent was taken already, and needs no way over the network */
  boolean takesAtOnce(byte[] datagram);

  /** takes what arrived at an address, which may be a former one */
  void receive(InetSocketAddress to, byte[] datagram);
}
