package dev.sluice.benchmarks;

import dev.sluice.loop.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The loopback interface: an event loop that is the benchmark's own thread, for what is measured,
 * and a socket on another thread that takes in what is sent.
 */
public final class Loopback implements AutoCloseable {
  private static final int SOCKET_BUFFER = 4 << 20;
  private static final int MAX_DATAGRAM = 2_048;

  private final Transport transport;
  private final ByteBufAllocator allocator;
  private final ManualIoEventLoop loop;
  private final Drain drain = new Drain();
  private final List<Channel> channels = new ArrayList<>();

  /**
   * Opens the draining socket. The calling thread becomes the event loop.
   *
   * @param transport of the sockets that {@link #bind} opens
   * @param allocator of their buffers
   */
  public Loopback(Transport transport, ByteBufAllocator allocator) {
    this.transport = transport;
    this.allocator = allocator;
    loop = new ManualIoEventLoop(Thread.currentThread(), ioHandlers(transport));
  }

  private static IoHandlerFactory ioHandlers(Transport transport) {
    return transport == Transport.EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }

  /** where the draining socket listens */
  public InetSocketAddress sink() {
    return drain.address();
  }

  /** Opens a socket that only sends, served by the benchmark's thread. */
  public Channel bind() {
    return bind(new Discard(), 1);
  }

  /**
   * Opens a socket that is served by the benchmark's thread.
   *
   * @param handler gets what is received
   * @param receiveBatch datagrams read with one system call
   */
  public Channel bind(ChannelHandler handler, int receiveBatch) {
    ChannelFuture bound =
        bootstrap(handler, receiveBatch)
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return channel(bound);
  }

  /**
   * Makes a connection that only sends, served by the benchmark's thread.
   *
   * @param to where
   */
  public Channel connect(InetSocketAddress to) {
    return channel(
        new Bootstrap()
            .group(loop)
            .channelFactory(transport.clientChannels())
            .option(ChannelOption.ALLOCATOR, allocator)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(new Discard())
            .connect(to));
  }

  private Channel channel(ChannelFuture opened) {
    while (!opened.isDone()) {
      loop.runNow();
    }
    Channel channel = opened.syncUninterruptibly().channel();
    channels.add(channel);
    return channel;
  }

  /** One turn of the event loop, without waiting. */
  public void turn() {
    loop.runNow();
  }

  @Override
  public void close() {
    channels.forEach(Channel::close);
    loop.runNow();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    while (!loop.isTerminated()) {
      loop.runNow();
    }
    drain.close();
  }

  private Bootstrap bootstrap(ChannelHandler handler, int receiveBatch) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channelFactory(transport.datagramChannels(InetAddress.getLoopbackAddress()))
            .option(ChannelOption.ALLOCATOR, allocator)
            .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER)
            .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER)
            .option(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(SOCKET_BUFFER, 2 * SOCKET_BUFFER))
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(receiveBatch * MAX_DATAGRAM))
            .handler(handler);
    if (transport == Transport.EPOLL) {
      bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, MAX_DATAGRAM);
    }
    return bootstrap;
  }

  @Sharable
  private static final class Discard extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object datagram) {
      ReferenceCountUtil.release(datagram);
    }
  }
}
