package dev.sluice.rate;

/**
 * Which number a position of a log has for one viewer, and which position a number, where positions
 * were left out: numbers go on without a gap, so their distance is the same in runs. The newest
 * runs are kept; what is older has no answer. Nothing is kept of a viewer that gets everything.
 */
public final class SkippedRuns {
  /** the answer where there is none */
  public static final long NONE = -1;

  /** how many runs are kept besides the newest: a second or two where each other picture goes */
  static final int KEPT = 24;

  private static final long[] EMPTY = {};

  private long[] positions = EMPTY;
  private long[] sequences = EMPTY;
  private int count;
  private int next;
  private boolean burnt;
  private long position;
  private long sequence;

  /**
   * Begins to number.
   *
   * @param firstPosition position of the first packet
   * @param firstSequence its extended sequence number
   */
  public SkippedRuns(long firstPosition, long firstSequence) {
    position = firstPosition;
    sequence = firstSequence;
  }

  /**
   * Goes on in another log. Nothing is known of the one before any more.
   *
   * @param newPosition position of the next packet
   * @param nextSequence the number that it gets
   */
  public void restart(long newPosition, long nextSequence) {
    count = 0;
    position = newPosition;
    sequence = nextSequence;
  }

  /**
   * Leaves out positions.
   *
   * @param from the first one, which has not been sent, nor any after it
   * @param to the one after the last
   */
  public void skip(long from, long to) {
    begin(false, from, to, sequence + from - position);
  }

  /**
   * Burns the number of a packet that has not been sent: it is the next position's never.
   *
   * @param at the position that would have had it, and gets the next number
   */
  public void burn(long at) {
    begin(true, at, at, sequence + at - position + 1);
  }

  /**
   * The number of a packet.
   *
   * @param at its position
   * @return its extended sequence number, or {@link #NONE} for one left out or too old
   */
  public long sequenceOf(long at) {
    if (at >= position) {
      return sequence + at - position;
    }
    int run = lastNotAfter(positions, at);
    if (run < 0) {
      return NONE;
    }
    long found = sequences[slot(run)] + at - positions[slot(run)];
    return found < sequenceAfter(run) ? found : NONE;
  }

  /**
   * The packet of a number.
   *
   * @param number extended sequence number, not after the newest packet's
   * @return its position, or {@link #NONE} for one that was burnt or is too old
   */
  public long positionOf(long number) {
    if (number >= sequence) {
      return position + number - sequence;
    }
    int run = lastNotAfter(sequences, number);
    if (run < 0) {
      return NONE;
    }
    long found = positions[slot(run)] + number - sequences[slot(run)];
    return found < positionAfter(run) ? found : NONE;
  }

  /** a run without a packet is kept only between a burnt number and positions left out */
  private void begin(boolean burns, long from, long newPosition, long newSequence) {
    if (from > position || burns != burnt) {
      keepNewest();
    }
    burnt = burns;
    position = newPosition;
    sequence = newSequence;
  }

  private void keepNewest() {
    if (positions.length == 0) {
      positions = new long[KEPT];
      sequences = new long[KEPT];
    }
    positions[next] = position;
    sequences[next] = sequence;
    next = (next + 1) % KEPT;
    count = Math.min(count + 1, KEPT);
  }

  /** index of the newest kept run that begins not after a value, 0 the oldest; -1 for none */
  private int lastNotAfter(long[] starts, long value) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = low + high >>> 1;
      if (starts[slot(middle)] <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  private long sequenceAfter(int run) {
    return run + 1 < count ? sequences[slot(run + 1)] : sequence;
  }

  private long positionAfter(int run) {
    return run + 1 < count ? positions[slot(run + 1)] : position;
  }

  private int slot(int run) {
    return Math.floorMod(next - count + run, KEPT);
  }
}
