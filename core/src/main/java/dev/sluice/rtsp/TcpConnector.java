package dev.sluice.rtsp;

import dev.sluice.loop.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;

/**
 * Opens TCP connections to sources. Names are looked up on a thread of the JDK's common pool, since
 * that may take seconds.
 */
record TcpConnector(Transport transport, ByteBufAllocator allocator, int timeoutMillis)
    implements PullContext.Connector {

  @Override
  public CompletableFuture<Channel> connect(PullUrl url, EventLoop loop) {
    return CompletableFuture.supplyAsync(() -> new InetSocketAddress(url.host(), url.port()))
        .thenCompose(address -> connect(address, loop));
  }

  private CompletableFuture<Channel> connect(InetSocketAddress address, EventLoop loop) {
    if (address.isUnresolved()) {
      return CompletableFuture.failedFuture(new UnknownHostException(address.getHostString()));
    }
    CompletableFuture<Channel> result = new CompletableFuture<>();
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop)
            .channelFactory(transport.clientChannels())
            .option(ChannelOption.ALLOCATOR, allocator)
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMillis)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(new ChannelInboundHandlerAdapter())
            .connect(address);
    connecting.addListener(
        done -> {
          if (done.isSuccess()) {
            result.complete(connecting.channel());
          } else {
            result.completeExceptionally(done.cause());
          }
        });
    return result;
  }
}
