package dev.sluice.ice;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Event counts of all agents that share an {@link IceContext}. Written by the loop's thread only;
 * any thread may read them and sees a recent count of each.
 */
public final class IceCounters {
  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] values = new long[IceCounter.values().length];

  IceCounters() {}

  /**
   * How often something has happened.
   *
   * @param counter what
   * @return its count
   */
  public long get(IceCounter counter) {
    return (long) ELEMENT.getOpaque(values, counter.ordinal());
  }

  void increment(IceCounter counter) {
    ELEMENT.setOpaque(values, counter.ordinal(), values[counter.ordinal()] + 1);
  }
}
