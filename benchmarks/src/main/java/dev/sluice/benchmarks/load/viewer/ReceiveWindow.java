package dev.sluice.benchmarks.load.viewer;

import org.jspecify.annotations.Nullable;

/**
 * Puts packets back into order and knows which are missing, as a playout buffer does: what has not
 * come {@link #DEADLINE_NANOS} after its successor is given up.
 *
 * <p>Positions are extended sequence numbers. Nothing is stored while nothing is missing.
 */
final class ReceiveWindow {
  /** how long a player waits for a missing packet */
  static final long DEADLINE_NANOS = 200_000_000;

  private static final long REPEAT_NANOS = 40_000_000;
  private static final int SIZE = 2_048;

  /** takes packets in order */
  interface Sink {
    /**
     * The next packet.
     *
     * @param recovered whether it had been missing
     */
    void packet(
        byte[] packet, int offset, int length, boolean marker, long arrival, boolean recovered);

    /** Packets were given up. */
    void gap(int count);
  }

  private final Sink sink;
  private final @Nullable Slot[] slots = new Slot[SIZE];
  private long next = -1;
  private long end = -1;

  ReceiveWindow(Sink sink) {
    this.sink = sink;
  }

  /** returns false for a packet that comes too late, or twice */
  boolean accept(long position, byte[] packet, int offset, int length, boolean marker, long now) {
    if (next < 0) {
      next = position;
      end = position;
    }
    if (position < next || (position < end && slot(position).filled)) {
      return false;
    }
    while (position >= next + SIZE) {
      giveUp();
    }
    if (position == next && position == end) {
      next++;
      end++;
      sink.packet(packet, offset, length, marker, now, false);
      return true;
    }
    for (; end <= position; end++) {
      slot(end).miss(now);
    }
    slot(position).fill(packet, offset, length, marker, now, position < end - 1);
    drain();
    return true;
  }

  /** Gives up what is past its deadline. */
  void expire(long now) {
    while (next < end && now - slot(next).missedAt >= DEADLINE_NANOS) {
      giveUp();
    }
  }

  /**
   * Says what to ask for again now.
   *
   * @param into gets 16-bit sequence numbers in order
   * @return how many
   */
  int missing(long now, int[] into) {
    int count = 0;
    for (long position = next; position < end && count < into.length; position++) {
      Slot slot = slot(position);
      if (!slot.filled && now - slot.askedAt >= REPEAT_NANOS) {
        slot.askedAt = now;
        into[count++] = (int) position & 0xFFFF;
      }
    }
    return count;
  }

  /** whether nothing is missing */
  boolean isComplete() {
    return next == end;
  }

  private void giveUp() {
    int count = 0;
    while (next < end && !slot(next).filled) {
      next++;
      count++;
    }
    if (next == end && count == 0) {
      next++;
      end++;
      count++;
    }
    sink.gap(count);
    drain();
  }

  private void drain() {
    while (next < end && slot(next).filled) {
      Slot slot = slot(next);
      next++;
      sink.packet(slot.bytes, 0, slot.length, slot.marker, slot.arrival, slot.recovered);
    }
  }

  private Slot slot(long position) {
    int index = (int) position & (SIZE - 1);
    Slot slot = slots[index];
    if (slot == null) {
      slot = new Slot();
      slots[index] = slot;
    }
    return slot;
  }

  private static final class Slot {
    private byte[] bytes = {};
    private int length;
    private boolean marker;
    private boolean filled;
    private boolean recovered;
    private long missedAt;
    private long askedAt;
    private long arrival;

    void miss(long now) {
      filled = false;
      missedAt = now;
      askedAt = now - REPEAT_NANOS;
    }

    void fill(byte[] packet, int offset, int size, boolean packetMarker, long now, boolean missed) {
      if (bytes.length < size) {
        bytes = new byte[Math.max(size, 1_500)];
      }
      System.arraycopy(packet, offset, bytes, 0, size);
      length = size;
      marker = packetMarker;
      arrival = now;
      recovered = missed;
      filled = true;
    }
  }
}
