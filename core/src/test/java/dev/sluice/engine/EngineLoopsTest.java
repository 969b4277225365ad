package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.EgressOptions;
import dev.sluice.EngineConfiguration;
import dev.sluice.HistoryOptions;
import dev.sluice.NetworkOptions;
import dev.sluice.RelayListener;
import dev.sluice.Retransmission;
import dev.sluice.SessionOptions;
import dev.sluice.loop.EngineClock;
import dev.sluice.loop.Transport;
import dev.sluice.webrtc.PeerDirectory;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EngineLoopsTest {

  @ParameterizedTest
  @EnumSource
  void shouldMakeDoWithOneLoopWhereSocketsCannotShareAPort(Transport transport) {
    EngineLoops loops = open(transport, false, null);
    assertThat(loops.loops()).hasSize(1);
    assertThat(loops.statistics(0, 0).eventLoops()).isEqualTo(1);
    assertThat(loops.group()).hasSize(1);
    loops.close();
  }

  @ParameterizedTest
  @EnumSource
  void shouldHaveALoopForEachThreadWhereSocketsShareAPort(Transport transport) {
    EngineLoops loops = open(transport, transport.canSharePort(), null);
    assertThat(loops.loops()).hasSize(transport.canSharePort() ? 3 : 1);
    loops.close();
  }

  @Test
  void shouldUseOneLoopOfTheHostsWhereSocketsCannotShareAPort() {
    EventLoopGroup group = Transport.NIO.newEventLoops(3, Executors.defaultThreadFactory());
    try {
      EngineLoops loops = open(Transport.NIO, false, group);
      assertThat(loops.loops()).hasSize(1);
      loops.close();
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }

  private static EngineLoops open(
      Transport transport, boolean canSharePort, @Nullable EventLoopGroup group) {
    assumeTrue(transport == Transport.NIO || Epoll.isAvailable(), "epoll is Linux's");
    EngineConfiguration configuration =
        new EngineConfiguration(
            NetworkOptions.DEFAULT
                .withEventLoops(3)
                .withBindAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            EgressOptions.DEFAULT,
            HistoryOptions.DEFAULT,
            Retransmission.SHARED_HISTORY,
            SessionOptions.DEFAULT,
            new RelayListener() {},
            group);
    return EngineLoops.open(
        configuration,
        new UnpooledByteBufAllocator(false),
        new PeerDirectory(),
        new EngineClock(),
        transport,
        canSharePort);
  }
}
