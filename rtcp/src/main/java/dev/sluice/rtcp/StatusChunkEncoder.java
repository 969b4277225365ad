package dev.sluice.rtcp;

import dev.sluice.rtp.BigEndian;

/** Packs packet status symbols into as few {@link StatusChunk}s as looking back allows. */
final class StatusChunkEncoder {
  private final byte[] pending = new byte[StatusChunk.ONE_BIT_SYMBOLS];
  private byte[] buffer = {};
  private int start;
  private int position;
  private int count;
  private boolean uniform;
  private boolean anyLarge;

  /** starts to write chunks at an index of the caller's array, which must have room */
  void wrap(byte[] buffer, int index) {
    this.buffer = buffer;
    start = index;
    position = index;
    clearPending();
  }

  /** length in bytes of the chunks for all symbols so far */
  int length() {
    return position - start + (count > 0 ? TransportFeedback.CHUNK_LENGTH : 0);
  }

  /** upper bound of the bytes that a number of lost packets and one more symbol add */
  static int maxGrowth(int lost) {
    return (2 + lost / StatusChunk.MAX_RUN) * TransportFeedback.CHUNK_LENGTH;
  }

  void add(int symbol) {
    while (!fits(symbol)) {
      emit(false);
    }
    uniform = uniform && (count == 0 || symbol == pending[0]);
    anyLarge |= symbol == StatusChunk.LARGE_DELTA;
    if (count < pending.length) {
      pending[count] = (byte) symbol;
    }
    count++;
  }

  void finish() {
    if (count > 0) {
      emit(true);
    }
  }

  /** whether one chunk can hold the symbol together with those pending */
  private boolean fits(int symbol) {
    if (count < StatusChunk.TWO_BIT_SYMBOLS) {
      return true;
    }
    if (uniform && symbol == pending[0]) {
      return count < StatusChunk.MAX_RUN;
    }
    return count < StatusChunk.ONE_BIT_SYMBOLS && !anyLarge && symbol != StatusChunk.LARGE_DELTA;
  }

  private void emit(boolean last) {
    if (uniform) {
      put(StatusChunk.run(pending[0], count));
      clearPending();
    } else if (!anyLarge && (last || count == StatusChunk.ONE_BIT_SYMBOLS)) {
      put(StatusChunk.oneBitVector(vector(1, StatusChunk.ONE_BIT_SYMBOLS)));
      clearPending();
    } else {
      put(StatusChunk.twoBitVector(vector(2, StatusChunk.TWO_BIT_SYMBOLS)));
      keepAfter(Math.min(count, StatusChunk.TWO_BIT_SYMBOLS));
    }
  }

  private int vector(int symbolBits, int symbols) {
    int bits = 0;
    for (int i = 0; i < symbols; i++) {
      bits = bits << symbolBits | (i < count ? pending[i] : StatusChunk.NOT_RECEIVED);
    }
    return bits;
  }

  private void put(int chunk) {
    BigEndian.putShort(buffer, position, chunk);
    position += TransportFeedback.CHUNK_LENGTH;
  }

  private void keepAfter(int emitted) {
    int kept = count - emitted;
    System.arraycopy(pending, emitted, pending, 0, kept);
    clearPending();
    for (int i = 0; i < kept; i++) {
      add(pending[i]);
    }
  }

  private void clearPending() {
    count = 0;
    uniform = true;
    anyLarge = false;
  }
}
