package dev.sluice.ice;

/**
 * Event counts of all agents that share an {@link IceContext}. Written by the loop's thread without
 * synchronisation: read them there.
 */
public final class IceCounters {
  private final long[] values = new long[IceCounter.values().length];

  IceCounters() {}

  /**
   * How often something has happened.
   *
   * @param counter what
   * @return its count
   */
  public long get(IceCounter counter) {
    return values[counter.ordinal()];
  }

  void increment(IceCounter counter) {
    values[counter.ordinal()]++;
  }
}
