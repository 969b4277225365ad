package dev.sluice.rtp.h264;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What happened to a stream since it began. One thread counts; any thread may read and sees each
 * counter as it was a moment ago.
 */
public final class H264Counters {

  private final AtomicLongArray values = new AtomicLongArray(H264Counter.values().length);

  H264Counters() {}

  /**
   * Reads a counter.
   *
   * @param counter which one
   * @return how often it happened
   */
  public long get(H264Counter counter) {
    return values.getOpaque(counter.ordinal());
  }

  void increment(H264Counter counter) {
    int index = counter.ordinal();
    values.setOpaque(index, values.getPlain(index) + 1);
  }
}
