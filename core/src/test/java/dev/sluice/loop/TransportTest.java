package dev.sluice.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.DefaultEventLoopGroup;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.Version;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransportTest {
  private @Nullable EventLoopGroup group;

  @AfterEach
  void shutDown() {
    if (group != null) {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }

  @Test
  void shouldTakeAnIpv4SocketForAnIpv4Address() throws Exception {
    assumeRuns(Transport.EPOLL);
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    start(Transport.EPOLL);
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
  }

  @ParameterizedTest
  @EnumSource
  void shouldTellTheKindOfEventLoops(Transport transport) {
    assumeRuns(transport);
    start(transport);
    assertThat(Transport.of(group)).isEqualTo(transport);
    assertThat(Transport.of(group.next())).isEqualTo(transport);
  }

  @ParameterizedTest
  @EnumSource
  void shouldTellTheKindOfEventLoopsThatOnlyNewerNettyHas(Transport transport) {
    assumeRuns(transport);
    assumeTrue(nettyVersion().startsWith("4.2."), "event loops made of I/O handlers");
    replace(
        new MultiThreadIoEventLoopGroup(
            1,
            transport == Transport.EPOLL
                ? EpollIoHandler.newFactory()
                : NioIoHandler.newFactory()));
    assertThat(Transport.of(group)).isEqualTo(transport);
  }

  @Test
  @SuppressWarnings("deprecation") // the only such group of both lines of Netty
  void shouldRefuseEventLoopsWithoutANetwork() {
    replace(new DefaultEventLoopGroup(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Transport.of(group))
        .withMessageContaining("DefaultEventLoopGroup runs neither epoll nor NIO");
  }

  @Test
  void shouldRefuseEventLoopsThatAreShutDown() {
    start(Transport.NIO);
    shutDown();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Transport.of(group))
        .withMessageContaining("shut down");
  }

  private static void assumeRuns(Transport transport) {
    assumeTrue(transport == Transport.NIO || Epoll.isAvailable(), "Netty's native epoll on Linux");
  }

  private static String nettyVersion() {
    return Version.identify().get("netty-transport").artifactVersion();
  }

  private void start(Transport transport) {
    replace(transport.newEventLoops(1, Executors.defaultThreadFactory()));
  }

  private void replace(EventLoopGroup next) {
    shutDown();
    group = next;
  }
}
