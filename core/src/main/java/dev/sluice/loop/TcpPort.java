package dev.sluice.loop;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import java.net.InetSocketAddress;

/**
 * Opens the one TCP port of an engine. Little waits in a connection that does not take what is
 * sent: a peer that reads too slowly is to miss something, not to get it late.
 */
public final class TcpPort {
  private static final int HIGH_WATER = 64 << 10;
  private static final int KERNEL_BYTES = 256 << 10;

  private final Transport transport;
  private final ByteBufAllocator allocator;

  /**
   * Says how the port is opened.
   *
   * @param transport of the event loops
   * @param allocator of what is read and sent
   */
  public TcpPort(Transport transport, ByteBufAllocator allocator) {
    this.transport = transport;
    this.allocator = allocator;
  }

  /**
   * Listens. Connections are read only when they are told to (auto-read).
   *
   * @param loop whose thread accepts them and serves them at first
   * @param address to bind
   * @param accepted is added to each connection
   * @return the outcome of binding
   */
  public ChannelFuture bind(EventLoop loop, InetSocketAddress address, ChannelHandler accepted) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loop)
            .channelFactory(transport.serverChannels())
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.ALLOCATOR, allocator)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(HIGH_WATER / 2, HIGH_WATER))
            .childHandler(accepted);
    if (transport == Transport.EPOLL) {
      bootstrap.childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, (long) HIGH_WATER);
    } else {
      bootstrap.childOption(ChannelOption.SO_SNDBUF, KERNEL_BYTES);
    }
    return bootstrap.bind(address);
  }
}
