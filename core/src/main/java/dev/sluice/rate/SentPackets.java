package dev.sluice.rate;

import dev.sluice.rtp.SerialNumbers;
import java.util.Arrays;

/**
 * The newest packets sent that nobody has reported on: an int each, with the time in units of 100
 * microseconds (which wraps after 104 s), the size, and whether it was reported lost.
 */
final class SentPackets {
  static final int CAPACITY = 512;

  private static final int LONGEST_AGE = 4 * CAPACITY;
  private static final long TICK_NANOS = 100_000;
  private static final int SIZE_BITS = 11;
  private static final int SIZE_MASK = (1 << SIZE_BITS) - 1;
  private static final int LOST = 1 << SIZE_BITS;
  private static final int TIME_SHIFT = SIZE_BITS + 1;
  private static final int TIME_MASK = -1 >>> TIME_SHIFT;

  private final int[] packets = new int[CAPACITY];
  private int first;
  private int next;

  void add(int sequenceNumber, long nowNanos, int bytes) {
    int left = SerialNumbers.sequenceDistance(next, sequenceNumber);
    if (left < 0 || left >= CAPACITY) {
      restart(sequenceNumber);
    } else {
      for (int i = 0; i < left; i++) {
        forget(next + i);
      }
    }
    int size = Math.max(1, Math.min(SIZE_MASK, bytes));
    packets[slot(sequenceNumber)] = (int) (nowNanos / TICK_NANOS) << TIME_SHIFT | size;
    next = sequenceNumber + 1;
    if (SerialNumbers.sequenceDistance(first, next) > LONGEST_AGE) {
      first = next - LONGEST_AGE;
    }
  }

  boolean contains(int sequenceNumber) {
    int age = SerialNumbers.sequenceDistance(sequenceNumber, next);
    return age > 0 && age <= CAPACITY && packets[slot(sequenceNumber)] != 0;
  }

  /** whether it was sent so long ago that there is no room for it, and not before a restart */
  boolean isOutrun(int sequenceNumber) {
    return SerialNumbers.sequenceDistance(sequenceNumber, next) > CAPACITY
        && SerialNumbers.sequenceDistance(first, sequenceNumber) >= 0;
  }

  int bytes(int sequenceNumber) {
    return packets[slot(sequenceNumber)] & SIZE_MASK;
  }

  long sentNanos(int sequenceNumber, long nowNanos) {
    long now = nowNanos / TICK_NANOS;
    int sent = packets[slot(sequenceNumber)] >>> TIME_SHIFT;
    return (now - (now - sent & TIME_MASK)) * TICK_NANOS;
  }

  boolean isLost(int sequenceNumber) {
    return (packets[slot(sequenceNumber)] & LOST) != 0;
  }

  void lost(int sequenceNumber) {
    packets[slot(sequenceNumber)] |= LOST;
  }

  void forget(int sequenceNumber) {
    packets[slot(sequenceNumber)] = 0;
  }

  /** forgets all that was sent */
  void restart() {
    restart(next);
  }

  private void restart(int sequenceNumber) {
    Arrays.fill(packets, 0);
    first = sequenceNumber;
  }

  private static int slot(int sequenceNumber) {
    return sequenceNumber & CAPACITY - 1;
  }
}
