package dev.sluice.loop;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.Future;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands work to an event loop that may have ended, from any thread. */
public final class Handover {
  private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

  private Handover() {}

  /**
   * Has an event loop do something.
   *
   * @param loop the event loop
   * @param task what to do
   * @return false when it will not be done
   */
  public static boolean offer(Executor loop, Runnable task) {
    try {
      loop.execute(task);
      return true;
    } catch (RejectedExecutionException ended) {
      return false;
    } catch (Throwable e) {
      Failures.log(LOG, "an event loop could not take a task", e);
      return false;
    }
  }

  /**
   * Has an event loop do something, and waits for that. On an event loop of its group it returns at
   * once: the other one may be waiting for this.
   *
   * @param loop the event loop
   * @param task what to do
   * @return false when it will not be done
   */
  public static boolean await(EventLoop loop, Runnable task) {
    Future<?> done;
    try {
      done = loop.submit(task);
    } catch (RejectedExecutionException ended) {
      return false;
    }
    EventLoopGroup group = loop.parent();
    if (!isOnOneOf(group == null ? loop : group)) {
      done.awaitUninterruptibly();
    }
    return true;
  }

  /**
   * Says where the caller is.
   *
   * @param loops event loops
   * @return whether it is on one of them
   */
  public static boolean isOnOneOf(EventExecutorGroup loops) {
    for (EventExecutor loop : loops) {
      if (loop.inEventLoop()) {
        return true;
      }
    }
    return false;
  }
}
