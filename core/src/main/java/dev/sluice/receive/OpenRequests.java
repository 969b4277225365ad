package dev.sluice.receive;

import java.util.function.IntPredicate;

/**
 * Packets that were asked for again and have not come: a request can get lost, and so can what it
 * brings. Of more than {@link #MOST} the oldest are forgotten.
 */
final class OpenRequests {
  static final int MOST = 256;

  /** longer than most round trips, and several times within the time that packets wait */
  private static final long INTERVAL_NANOS = 100_000_000;

  private final int[] open = new int[MOST];
  private final long[] asked = new long[MOST];
  private final int[] due = new int[MOST];
  private int count;

  void clear() {
    count = 0;
  }

  void add(int[] numbers, int more, long nowNanos) {
    forgetOldest(count + more - MOST);
    for (int i = 0; i < more; i++) {
      open[count] = numbers[i];
      asked[count++] = nowNanos;
    }
  }

  /** {@return what the last call of {@link #due} found, in order} */
  int[] numbers() {
    return due;
  }

  /**
   * Finds what is to be asked for once more.
   *
   * @param lacking whether a packet is still of use; others are forgotten
   * @return how many packets
   */
  int due(long nowNanos, IntPredicate lacking) {
    int kept = 0;
    int found = 0;
    for (int i = 0; i < count; i++) {
      if (lacking.test(open[i])) {
        open[kept] = open[i];
        asked[kept] = asked[i];
        if (nowNanos - asked[kept] >= INTERVAL_NANOS) {
          asked[kept] = nowNanos;
          due[found++] = open[kept];
        }
        kept++;
      }
    }
    count = kept;
    return found;
  }

  private void forgetOldest(int excess) {
    if (excess > 0) {
      count -= excess;
      System.arraycopy(open, excess, open, 0, count);
      System.arraycopy(asked, excess, asked, 0, count);
    }
  }
}
