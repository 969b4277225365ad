package dev.sluice.srtp;

/**
 * The packet indexes of one SSRC that were received: the highest, and which of those before it (RFC
 * 3711, section 3.3.2). The window moves in whole words so that no bit is ever shifted.
 */
final class ReplayWindow {

  private static final int WORD_BITS = Long.SIZE;
  private static final int WORD_SHIFT = 6;

  private final int ssrc;
  private final long[] words;
  private long highest;

  /** Makes a window of at least the given size, of which the first index has been received. */
  ReplayWindow(int ssrc, int size, long first) {
    this.ssrc = ssrc;
    this.words = new long[(size + WORD_BITS - 1) / WORD_BITS + 1];
    this.highest = first;
    record(first);
  }

  int ssrc() {
    return ssrc;
  }

  long highest() {
    return highest;
  }

  /** Says whether an index is neither too old nor among those received. */
  boolean isNew(long index) {
    if (index > highest) {
      return true;
    }
    boolean tooOld = wordNumber(highest) - wordNumber(index) >= words.length;
    return !tooOld && (words[slot(wordNumber(index))] & bit(index)) == 0;
  }

  /** Adds an index, which must be new. */
  void record(long index) {
    if (index > highest) {
      clearBetween(wordNumber(highest), wordNumber(index));
      highest = index;
    }
    words[slot(wordNumber(index))] |= bit(index);
  }

  private void clearBetween(long oldest, long newest) {
    long first = Math.max(oldest + 1, newest - words.length + 1);
    for (long word = first; word <= newest; word++) {
      words[slot(word)] = 0;
    }
  }

  private int slot(long wordNumber) {
    return (int) (wordNumber % words.length);
  }

  private static long wordNumber(long index) {
    return index >>> WORD_SHIFT;
  }

  private static long bit(long index) {
    return 1L << index;
  }
}
