package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.EgressOptions;
import dev.sluice.EngineConfiguration;
import dev.sluice.HistoryOptions;
import dev.sluice.LoopStatistics;
import dev.sluice.MediaOptions;
import dev.sluice.NetworkOptions;
import dev.sluice.RateOptions;
import dev.sluice.RelayListener;
import dev.sluice.Retransmission;
import dev.sluice.SessionOptions;
import dev.sluice.loop.EngineClock;
import dev.sluice.loop.Transport;
import dev.sluice.webrtc.PeerDirectory;
import dev.sluice.webrtc.PeerLoop;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EngineLoopsTest {
  private final AtomicLong now = new AtomicLong();
  private final BlockingQueue<LoopStatistics> heldUp = new LinkedBlockingQueue<>();
  private final BlockingQueue<LoopStatistics> died = new LinkedBlockingQueue<>();
  private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
  private final RelayListener listener =
      new RelayListener() {
        @Override
        public void eventLoopHeldUp(LoopStatistics loop) {
          heldUp.add(loop);
        }

        @Override
        public void eventLoopDied(LoopStatistics loop) {
          died.add(loop);
        }

        @Override
        public void ioFailure(Throwable cause) {
          failures.add(cause);
        }
      };

  @ParameterizedTest
  @EnumSource
  void shouldMakeDoWithOneLoopWhereSocketsCannotShareAPort(Transport transport) {
    EngineLoops loops = open(transport, false, null);
    assertThat(loops.loops()).hasSize(1);
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

  @Test
  void shouldTellOfAnEventLoopThatIsHeldUp() throws Exception {
    assumeTrue(Epoll.isAvailable(), "several loops");
    EngineLoops loops = open(Transport.EPOLL, true, null);
    CountDownLatch goOn = new CountDownLatch(1);
    PeerLoop blocked = loops.loops().get(1);
    blocked.eventLoop().execute(() -> awaitUninterrupted(goOn));
    now.addAndGet(TimeUnit.SECONDS.toNanos(5));
    LoopStatistics told = loops.loops().get(0).statistics();
    while (told != null && !told.name().equals(blocked.name())) {
      told = heldUp.poll(20, TimeUnit.SECONDS);
    }
    goOn.countDown();
    loops.close();
    assertThat(told).isEqualTo(new LoopStatistics(blocked.name(), true, Duration.ofSeconds(5), 0));
    assertThat(blocked.name()).startsWith("sluice-loop");
    assertThat(died).isEmpty();
  }

  @Test
  void shouldTellOfItsOnlyEventLoopWhenThatGoesOn() throws Exception {
    EngineLoops loops = open(Transport.NIO, false, null);
    CountDownLatch goOn = new CountDownLatch(1);
    PeerLoop blocked = loops.loops().get(0);
    blocked.eventLoop().execute(() -> awaitUninterrupted(goOn));
    now.addAndGet(TimeUnit.SECONDS.toNanos(5));
    assertThat(blocked.statistics().isHeldUp()).isTrue();
    assertThat(heldUp).isEmpty();
    goOn.countDown();
    assertThat(heldUp.poll(20, TimeUnit.SECONDS).sinceLastTurn()).isEqualTo(Duration.ofSeconds(5));
    loops.close();
  }

  @Test
  void shouldTellOfEventLoopsThatTheHostEndsBeforeTheEngine() throws Exception {
    EventLoopGroup group = Transport.NIO.newEventLoops(1, Executors.defaultThreadFactory());
    EngineLoops loops = open(Transport.NIO, true, group);
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    LoopStatistics told = died.poll(20, TimeUnit.SECONDS);
    assertThat(told.alive()).isFalse();
    assertThat(loops.loops().stream().map(PeerLoop::statistics)).containsExactly(told);
    assertThatIllegalStateException()
        .isThrownBy(() -> loops.next(null))
        .withMessageContaining("event loops");
    loops.close();
    assertThat(died).isEmpty();
  }

  @Test
  void shouldTellAndLogThatASocketFailed() {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    EngineLoops loops = open(Transport.NIO, false, null);
    try {
      loops.loops().get(0).exceptionCaught(null, new IOException("no route"));
    } finally {
      System.setErr(before);
      loops.close();
    }
    assertThat(failures).singleElement().asString().contains("no route");
    assertThat(written.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .contains("WARN", "socket failed", "no route");
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private EngineLoops open(
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
            RateOptions.DEFAULT,
            MediaOptions.DEFAULT,
            SessionOptions.DEFAULT,
            listener,
            group);
    return EngineLoops.open(
        configuration,
        new UnpooledByteBufAllocator(false),
        new PeerDirectory(),
        new EngineClock(now::get, 0),
        transport,
        canSharePort);
  }
}
