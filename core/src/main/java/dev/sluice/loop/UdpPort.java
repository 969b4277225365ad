package dev.sluice.loop;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.unix.UnixChannelOption;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;

/** Opens sockets on UDP ports: on the engine's one port, a socket for each event loop. */
public final class UdpPort {
  private static final int SOCKET_BUFFER = 4 << 20;
  private static final int HIGH_WATER = 8 << 20;

  private final Transport transport;
  private final ByteBufAllocator allocator;
  private final int receiveBatch;
  private final int maxDatagram;
  private final boolean shared;

  /**
   * Says how sockets are opened.
   *
   * @param transport of the event loops
   * @param allocator of all datagrams
   * @param receiveBatch datagrams read with one system call on the native transport
   * @param maxDatagram the largest datagram that is read whole, in bytes
   * @param shared whether several sockets are to be bound to the port
   */
  public UdpPort(
      Transport transport,
      ByteBufAllocator allocator,
      int receiveBatch,
      int maxDatagram,
      boolean shared) {
    this.transport = transport;
    this.allocator = allocator;
    this.receiveBatch = receiveBatch;
    this.maxDatagram = maxDatagram;
    this.shared = shared;
  }

  /**
   * Opens a socket that reads only when it is told to ({@link Channel#config()}, auto-read).
   *
   * @param loop whose thread serves it
   * @param address to bind
   * @return the outcome of binding
   */
  public ChannelFuture bind(EventLoop loop, InetSocketAddress address) {
    int buffers = transport == Transport.EPOLL ? receiveBatch * maxDatagram : maxDatagram;
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channelFactory(transport.datagramChannels(address.getAddress()))
            .option(ChannelOption.ALLOCATOR, allocator)
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER)
            .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER)
            .option(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(HIGH_WATER / 2, HIGH_WATER))
            .option(Transport.RECEIVE_BUFFERS, new FixedRecvByteBufAllocator(buffers))
            .handler(new ChannelInboundHandlerAdapter());
    if (transport == Transport.EPOLL) {
      bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, maxDatagram);
      bootstrap.option(UnixChannelOption.SO_REUSEPORT, shared);
    } else if (shared) {
      bootstrap.option(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true);
    }
    return bootstrap.bind(address);
  }
}
