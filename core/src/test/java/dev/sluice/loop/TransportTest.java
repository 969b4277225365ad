package dev.sluice.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TransportTest {

  @Test
  void shouldTakeAnIpv4SocketForAnIpv4Address() throws Exception {
    assumeTrue(Epoll.isAvailable(), "Netty's native epoll on Linux");
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(1, Transport.EPOLL.ioHandlers());
    try {
      Channel channel =
          new Bootstrap()
              .group(group)
              .channelFactory(Transport.EPOLL.datagramChannels(loopback))
              .handler(new ChannelInboundHandlerAdapter())
              .bind(loopback, 0)
              .sync()
              .channel();
      int port = ((InetSocketAddress) channel.localAddress()).getPort();
      assertThat(Files.readString(Path.of("/proc/net/udp")))
          .contains("0100007F:%04X ".formatted(port));
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
  }
}
