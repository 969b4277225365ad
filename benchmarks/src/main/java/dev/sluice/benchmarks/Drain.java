package dev.sluice.benchmarks;

import dev.sluice.loop.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A socket whose thread takes in all that comes, so that senders pay for whole deliveries. It
 * allocates nothing, to leave the figures of the allocation profiler to what is measured.
 */
final class Drain implements Runnable, AutoCloseable {
  private static final int RECEIVE_BUFFER = 4 << 20;
  private static final long NAP_NANOS = 50_000;

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final ByteBuf buffer = Unpooled.directBuffer(65_536);
  private final Channel channel;
  private final Socket socket;
  private final Thread thread = new Thread(this, "drain");
  private volatile boolean closed;

  Drain() {
    channel =
        new Bootstrap()
            .group(group)
            .channelFactory(Transport.EPOLL.datagramChannels(InetAddress.getLoopbackAddress()))
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER)
            .handler(new ChannelInboundHandlerAdapter())
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
    socket = (Socket) ((EpollDatagramChannel) channel).fd();
    thread.setDaemon(true);
    thread.start();
  }

  InetSocketAddress address() {
    return (InetSocketAddress) channel.localAddress();
  }

  @Override
  public void run() {
    try {
      while (!closed) {
        if (socket.recvAddress(buffer.memoryAddress(), 0, buffer.capacity()) <= 0) {
          LockSupport.parkNanos(NAP_NANOS);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } finally {
      buffer.release();
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
