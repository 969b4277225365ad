package dev.sluice.benchmarks.load.viewer;

import dev.sluice.loop.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Sockets that count what comes and throw it away. */
public final class Drain implements AutoCloseable {
  private final MultiThreadIoEventLoopGroup group;
  private final List<Integer> ports = new ArrayList<>();
  private final LongAdder packets = new LongAdder();

  /**
   * Opens them.
   *
   * @param sockets how many
   * @param threads event loops
   */
  public Drain(int sockets, int threads) {
    Transport transport = Transport.best(true);
    group =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory("drain-loop", true), transport.ioHandlers());
    Counting counting = new Counting();
    for (int i = 0; i < sockets; i++) {
      Channel channel =
          SocketOptions.of(new Bootstrap().group(group), transport, true)
              .handler(counting)
              .bind(InetAddress.getLoopbackAddress(), 0)
              .syncUninterruptibly()
              .channel();
      ports.add(((InetSocketAddress) channel.localAddress()).getPort());
    }
  }

  /** {@return where they are bound on the loopback address} */
  public List<Integer> ports() {
    return List.copyOf(ports);
  }

  /** {@return packets that came in} */
  public long packets() {
    return packets.sum();
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  @ChannelHandler.Sharable
  private final class Counting extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      packets.increment();
      ReferenceCountUtil.release(message);
    }
  }
}
