package dev.sluice.benchmarks;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Lets benchmarks run on threads of the kind that event loops have: only there do Netty's buffer
 * pools keep what they recycle.
 */
public final class EventLoopThreads extends ThreadPoolExecutor {
  /** makes JMH use this executor */
  static final String[] JVM_ARGUMENTS = {
    "-Djmh.executor=CUSTOM", "-Djmh.executor.class=" + EventLoopThreads.class.getName()
  };

  /**
   * Made by JMH.
   *
   * @param threads how many
   * @param prefix of their names
   */
  public EventLoopThreads(int threads, String prefix) {
    super(
        threads,
        threads,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        task -> new FastThreadLocalThread(task, prefix + WorkerProfiler.WORKER));
  }
}
