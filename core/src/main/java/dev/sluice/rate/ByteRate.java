package dev.sluice.rate;

import java.util.Arrays;

/** Bytes per time in a window of half a second, by the clock of whoever counts them. */
final class ByteRate {
  private static final int BUCKETS = 10;
  private static final long BUCKET_NANOS = 50_000_000;

  private final int[] bytes = new int[BUCKETS];
  private long newest = Long.MIN_VALUE;

  /** {@return whether a further span of the window has begun} */
  boolean add(long nanos, int count) {
    long bucket = Math.floorDiv(nanos, BUCKET_NANOS);
    boolean first = newest == Long.MIN_VALUE;
    long ahead = first ? 1 : bucket - newest;
    if (first || Math.abs(ahead) >= BUCKETS) {
      Arrays.fill(bytes, 0);
      newest = bucket;
    }
    for (; newest < bucket; newest++) {
      bytes[slot(newest + 1)] = 0;
    }
    bytes[slot(bucket)] += count;
    return ahead > 0;
  }

  double bitrate() {
    long sum = 0;
    for (int count : bytes) {
      sum += count;
    }
    return Rates.bitrate(sum, BUCKETS * BUCKET_NANOS);
  }

  private static int slot(long bucket) {
    return (int) Math.floorMod(bucket, (long) BUCKETS);
  }
}
