package dev.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.LiveStream;
import dev.sluice.spi.SourceOnDemand;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many want streams, want them no more, and bring and take sources, all at once. */
class DemandsConcurrencyTest {
  private static final int THREADS = 4;
  private static final int ROUNDS = 300;
  private static final int NAMES = 2;
  private static final int HASTE = 10_000;

  /** Waits for less time than it is asked to. */
  private static final class HastyTimers extends ScheduledThreadPoolExecutor {
    HastyTimers() {
      super(2);
      setRemoveOnCancelPolicy(true);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      return super.schedule(task, unit.toNanos(delay) / HASTE, TimeUnit.NANOSECONDS);
    }
  }

  /** One that notes where it is asked while it plays, or told twice. */
  private static final class Camera implements SourceOnDemand {
    private final List<AtomicInteger> playing = new ArrayList<>();
    private final AtomicInteger starts = new AtomicInteger();
    private final AtomicInteger stops = new AtomicInteger();
    private final Queue<String> mistakes = new ConcurrentLinkedQueue<>();

    Camera() {
      for (int i = 0; i < NAMES; i++) {
        playing.add(new AtomicInteger());
      }
    }

    @Override
    public Runnable start(String streamName) {
      AtomicInteger mine = playing.get(Integer.parseInt(streamName));
      starts.incrementAndGet();
      note(mine.getAndIncrement() != 0, "started while it plays");
      return () -> {
        stops.incrementAndGet();
        Thread.yield();
        note(mine.decrementAndGet() != 0, "stopped twice");
      };
    }

    private void note(boolean wrong, String what) {
      if (wrong) {
        mistakes.add(what);
      }
    }
  }

  private final HastyTimers timers = new HastyTimers();
  private final Demands demands = new Demands(timers, 1_000);
  private final Camera camera = new Camera();

  @Test
  void shouldStopEachStartOnceAndBeforeTheNext() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<?>> running = new ArrayList<>();
    try {
      for (int i = 0; i < THREADS; i++) {
        Random random = new Random(i);
        running.add(threads.submit(() -> wantAndLeave(random)));
      }
      for (Future<?> each : running) {
        each.get(60, TimeUnit.SECONDS);
      }
      demands.close();
    } finally {
      threads.shutdownNow();
      timers.shutdown();
      assertThat(timers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(camera.mistakes).isEmpty();
    assertThat(camera.starts).hasPositiveValue();
    assertThat(camera.stops).hasValue(camera.starts.get());
  }

  private void wantAndLeave(Random random) {
    for (int i = 0; i < ROUNDS; i++) {
      SourceOnDemand.Registration registration = demands.add(camera);
      CompletableFuture<LiveStream> waiting =
          demands.demand(String.valueOf(random.nextInt(NAMES)), () -> null).toCompletableFuture();
      if (random.nextBoolean()) {
        waiting.cancel(false);
      }
      Thread.yield();
      registration.close();
    }
  }
}
