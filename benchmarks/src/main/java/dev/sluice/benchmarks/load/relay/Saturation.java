package dev.sluice.benchmarks.load.relay;

import dev.sluice.benchmarks.load.media.FramePacer;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * A thread that has each stream send a frame as soon as the event loops have passed on all but the
 * last few: they never run out of work, and viewers never fall behind the log.
 *
 * <p>What tells is a task on each loop. It was queued after the fan-out of the frame, so when it
 * runs, the frame has gone to all viewers of the loop.
 */
final class Saturation implements Closeable {
  private final List<? extends FramePacer.Source> sources;
  private final List<EventExecutor> loops = new ArrayList<>();
  private final Semaphore ahead;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * Makes it, and starts it.
   *
   * @param threadName what its share of the CPU time is known by
   * @param sources all streams
   * @param eventLoops of the engine
   * @param framesAhead of each stream that may wait for each event loop
   */
  Saturation(
      String threadName,
      List<? extends FramePacer.Source> sources,
      EventLoopGroup eventLoops,
      int framesAhead) {
    this.sources = sources;
    eventLoops.forEach(loops::add);
    ahead = new Semaphore(framesAhead * loops.size());
    thread = new Thread(this::run, threadName);
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns when the last frame is sent. */
  @Override
  public void close() {
    closed = true;
    ahead.release(loops.size());
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    for (ahead.acquireUninterruptibly(loops.size());
        !closed;
        ahead.acquireUninterruptibly(loops.size())) {
      sources.forEach(FramePacer.Source::send);
      loops.forEach(loop -> loop.execute(ahead::release));
    }
  }
}
