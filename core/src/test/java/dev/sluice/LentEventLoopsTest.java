package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.codec.Codec;
import dev.sluice.loop.Transport;
import dev.sluice.rtsp.RtspServer;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Engines on event loops of the host's. */
class LentEventLoopsTest {
  private static final List<TrackDescription> VIDEO =
      List.of(TrackDescription.of("video", Codec.H264));

  @Test
  void shouldShareTheHostsEventLoopsAndLeaveThemRunning() throws Exception {
    EventLoopGroup group = Transport.NIO.newEventLoops(1, Executors.defaultThreadFactory());
    try {
      RelayEngine engine = builder().eventLoops(group).build();
      assertThat(engine.statistics().transport()).isEqualTo("NIO");
      assertThat(engine.statistics().eventLoops()).isEqualTo(1);
      engine.close();
      assertThat(group.submit(() -> "runs").get(5, TimeUnit.SECONDS)).isEqualTo("runs");
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void shouldCloseWhenTheHostEndedItsEventLoopsBefore() throws Exception {
    EventLoopGroup group = Transport.NIO.newEventLoops(1, Executors.defaultThreadFactory());
    CountDownLatch died = new CountDownLatch(1);
    RelayListener listener =
        new RelayListener() {
          @Override
          public void eventLoopDied(LoopStatistics loop) {
            died.countDown();
          }
        };
    RelayEngine engine = builder().listener(listener).eventLoops(group).build();
    Publisher publisher = engine.publish("cam", VIDEO);
    Viewer viewer = engine.play("cam", SampleOffer.text());
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    assertThat(died.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(viewer.isClosed()).isTrue();
    publisher.track("video").flush();
    assertThatThrownBy(() -> engine.play("cam", SampleOffer.text()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("event loops");
    viewer.close();
    engine.close();
    assertThat(publisher.isClosed()).isTrue();
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void shouldSayWhatIsWrongWhereTheHostEndedItsEventLoopsBeforeAnRtspServer() {
    EventLoopGroup group = Transport.NIO.newEventLoops(1, Executors.defaultThreadFactory());
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (RelayEngine engine = builder().eventLoops(group).build();
        RtspServer server = RtspServer.builder(engine).bind(anyPort)) {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
      assertThatThrownBy(() -> RtspServer.builder(engine).bind(anyPort))
          .hasMessageContaining("shut down");
      server.close();
    }
  }

  @Test
  void shouldRefuseEventLoopsThatWereShutDown() {
    EventLoopGroup group = Transport.NIO.newEventLoops(1, Executors.defaultThreadFactory());
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().eventLoops(group).build())
        .withMessage("eventLoops is a group that is shut down, allowed is one that runs");
  }

  private static RelayEngineBuilder builder() {
    return RelayEngine.builder()
        .network(
            NetworkOptions.DEFAULT.withBindAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
  }
}
