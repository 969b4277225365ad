package dev.sluice.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A count kept by one thread and read by any, without a lock or an atomic instruction. */
public final class Counter {
  private static final VarHandle VALUE;

  static {
    try {
      VALUE = MethodHandles.lookup().findVarHandle(Counter.class, "value", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private long value;

  /** Adds one; by the owning thread only. */
  public void increment() {
    add(1);
  }

  /**
   * Adds; by the owning thread only.
   *
   * @param amount what to add
   */
  public void add(long amount) {
    VALUE.setOpaque(this, value + amount);
  }

  /** {@return the count, from any thread} */
  public long get() {
    return (long) VALUE.getOpaque(this);
  }
}
