package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what real sockets and processes do in their own time. */
public final class Await {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final long POLL_NANOS = 1_000_000;

  private Await() {}

  /** goes on as soon as something holds, and fails when it does not in time */
  public static void await(BooleanSupplier condition, String what) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(deadline - System.nanoTime()).as("time left for " + what).isPositive();
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}
