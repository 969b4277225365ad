package dev.sluice.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HandoverTest {
  private final EventLoopGroup group =
      Transport.NIO.newEventLoops(2, Executors.defaultThreadFactory());

  @AfterEach
  void end() {
    group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
  }

  @Test
  void shouldWaitOnAThreadOfTheHost() {
    AtomicBoolean done = new AtomicBoolean();
    assertThat(Handover.await(group.next(), () -> done.set(true))).isTrue();
    assertThat(done).isTrue();
  }

  @Test
  void shouldNotHoldAnEventLoopUpThatAnotherOneMayWaitFor() throws Exception {
    EventLoop waiting = group.next();
    EventLoop busy = group.next();
    CountDownLatch returned = new CountDownLatch(1);
    waiting
        .submit(
            () -> {
              Handover.await(busy, () -> assertThat(await(returned)).isTrue());
              returned.countDown();
            })
        .get(30, TimeUnit.SECONDS);
    assertThat(returned.getCount()).isZero();
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shouldSayThatAnEventLoopHasEnded() {
    group.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
    assertThat(Handover.await(group.next(), () -> {})).isFalse();
    assertThat(Handover.offer(group.next(), () -> {})).isFalse();
  }
}
