package dev.sluice.loop;

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
}
