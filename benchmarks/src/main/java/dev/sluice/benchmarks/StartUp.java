package dev.sluice.benchmarks;

import dev.sluice.NetworkOptions;
import dev.sluice.RelayEngine;
import dev.sluice.loop.Transport;
import dev.sluice.loop.UdpPort;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * The first engine of a process, or what Netty alone takes for the same sockets and threads: one of
 * them a process, since the second finds all classes loaded.
 */
public final class StartUp {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private static final int RECEIVE_BATCH = 16;
  private static final int MAX_DATAGRAM = 2_048;

  private StartUp() {}

  /**
   * Prints the milliseconds.
   *
   * @param args {@code netty} for Netty alone
   */
  public static void main(String[] args) {
    boolean alone = args.length > 0 && args[0].equals("netty");
    long start = System.nanoTime();
    if (alone) {
      openSockets();
    } else {
      RelayEngine.builder().network(NetworkOptions.DEFAULT.withBindAddress(ANY_PORT)).build();
    }
    System.out.println((System.nanoTime() - start) / 1_000_000 + " ms");
    System.exit(0);
  }

  private static void openSockets() {
    Transport transport = Transport.best(true);
    int loops = Runtime.getRuntime().availableProcessors();
    EventLoopGroup group = transport.newEventLoops(loops, new DefaultThreadFactory("netty", true));
    UdpPort port =
        new UdpPort(transport, new PooledByteBufAllocator(true), RECEIVE_BATCH, MAX_DATAGRAM, true);
    InetSocketAddress address = ANY_PORT;
    for (int i = 0; i < loops; i++) {
      Channel socket = port.bind(group.next(), address).syncUninterruptibly().channel();
      address = (InetSocketAddress) socket.localAddress();
    }
  }
}
