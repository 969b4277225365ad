package dev.sluice.fanout;

import java.util.Arrays;

/** Sequence numbers that are to be sent again as soon as that is allowed, the first one first. */
final class KeptRequests {
  private static final int FEWEST = 64;
  private static final int MOST = 1_024;
  private static final int USEFUL_MILLIS = 1_000;
  private static final int NANOS_A_MILLI = 1_000_000;

  private int[] sequences = {};
  private int[] askedMillis = {};
  private int first;
  private int count;

  boolean isEmpty() {
    return count == 0;
  }

  /** returns false when too many wait already */
  boolean add(int sequence, long nowNanos) {
    if (count == sequences.length && !grow()) {
      return false;
    }
    int slot = (first + count) & (sequences.length - 1);
    sequences[slot] = sequence;
    askedMillis[slot] = millis(nowNanos);
    count++;
    return true;
  }

  /** forgets those for which the viewer has no use any more; returns how many */
  int removeUseless(long nowNanos) {
    int before = count;
    while (count > 0 && millis(nowNanos) - askedMillis[first] >= USEFUL_MILLIS) {
      remove();
    }
    return before - count;
  }

  int remove() {
    int sequence = sequences[first];
    first = (first + 1) & (sequences.length - 1);
    count--;
    return sequence;
  }

  private boolean grow() {
    int size = sequences.length == 0 ? FEWEST : 2 * sequences.length;
    if (size > MOST) {
      return false;
    }
    sequences = unrolled(sequences, size);
    askedMillis = unrolled(askedMillis, size);
    first = 0;
    return true;
  }

  private int[] unrolled(int[] full, int size) {
    int[] larger = Arrays.copyOfRange(full, first, first + size);
    System.arraycopy(full, 0, larger, full.length - first, first);
    return larger;
  }

  private static int millis(long nanos) {
    return (int) (nanos / NANOS_A_MILLI);
  }
}
