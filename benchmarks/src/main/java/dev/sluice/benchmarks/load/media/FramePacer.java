package dev.sluice.benchmarks.load.media;

import java.io.Closeable;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A thread that has many streams send their frames, spread evenly over time. */
public final class FramePacer implements Closeable {
  private static final long SECOND = 1_000_000_000L;

  /** one stream */
  public interface Source {
    /** Sends its next frame. */
    void send();
  }

  private final List<? extends Source> sources;
  private final int frameRate;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * Makes a pacer, and starts it.
   *
   * @param threadName what its share of the CPU time is known by
   * @param sources all streams
   * @param frameRate of each
   */
  public FramePacer(String threadName, List<? extends Source> sources, int frameRate) {
    this.sources = sources;
    this.frameRate = frameRate;
    thread = new Thread(this::run, threadName);
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns when the last frame is sent. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    long start = System.nanoTime();
    long rate = (long) frameRate * sources.size();
    for (long n = 0; awaitUntil(start + n / rate * SECOND + n % rate * SECOND / rate); n++) {
      sources.get((int) (n % sources.size())).send();
    }
  }

  /** returns false when it was closed */
  private boolean awaitUntil(long due) {
    for (long wait = due - System.nanoTime(); wait > 0 && !closed; wait = due - System.nanoTime()) {
      LockSupport.parkNanos(wait);
    }
    return !closed;
  }
}
