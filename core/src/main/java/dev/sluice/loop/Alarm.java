package dev.sluice.loop;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * At most one scheduled call on an event loop, however many deadlines its owner has: when it rings,
 * the owner looks what is due and sets it to the next. Used on that event loop only.
 */
public final class Alarm {
  private final EventExecutor loop;
  private final LongSupplier clock;
  private final Runnable action;
  private @Nullable Future<?> scheduled;
  private long deadline;

  /**
   * Makes an alarm that is not set.
   *
   * @param loop where it rings
   * @param clock nanoseconds that never go back
   * @param action looks what is due and sets the alarm again
   */
  public Alarm(EventExecutor loop, LongSupplier clock, Runnable action) {
    this.loop = loop;
    this.clock = clock;
    this.action = action;
  }

  /**
   * Rings no later than at a time; an earlier one that is set already stays.
   *
   * @param nanos on the clock
   */
  public void noLaterThan(long nanos) {
    if (scheduled != null && deadline - nanos <= 0) {
      return;
    }
    cancel();
    deadline = nanos;
    scheduled = loop.schedule(this::ring, nanos - clock.getAsLong(), TimeUnit.NANOSECONDS);
  }

  /** Does not ring. */
  public void cancel() {
    if (scheduled != null) {
      scheduled.cancel(false);
      scheduled = null;
    }
  }

  private void ring() {
    scheduled = null;
    action.run();
  }
}
