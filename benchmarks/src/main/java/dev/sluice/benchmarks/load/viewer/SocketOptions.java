package dev.sluice.benchmarks.load.viewer;

import dev.sluice.loop.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import java.net.InetAddress;

/** How the receiving sockets are opened: large buffers, and batched reads where they are wanted. */
final class SocketOptions {
  private static final int BATCH = 16;
  private static final int LARGEST_DATAGRAM = 1_500;
  private static final int SOCKET_BUFFER = 4 << 20;

  private SocketOptions() {}

  static Bootstrap of(Bootstrap bootstrap, Transport transport, boolean batched) {
    int buffer = LARGEST_DATAGRAM;
    if (batched && transport == Transport.EPOLL) {
      buffer *= BATCH;
      bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, LARGEST_DATAGRAM);
    }
    return bootstrap
        .channelFactory(transport.datagramChannels(InetAddress.getLoopbackAddress()))
        .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER)
        .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(buffer));
  }
}
