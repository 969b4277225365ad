package dev.sluice.rtcp;

/**
 * The packet status chunk of {@link TransportFeedback}, 16 bits: a run of one symbol or a vector of
 * 14 one-bit or 7 two-bit symbols (draft-holmer-rmcat-transport-wide-cc-extensions-01 sections
 * 3.1.1 to 3.1.4). The value of a symbol is also the length of its receive delta in bytes.
 *
 * <pre>{@code
 *  0                   1
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |0| S |       run length        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |1|0| 14 symbols of 1 bit       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |1|1| 7 symbols of 2 bits       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * }</pre>
 */
final class StatusChunk {
  static final int NOT_RECEIVED = 0;
  static final int SMALL_DELTA = 1;
  static final int LARGE_DELTA = 2;

  static final int MAX_RUN = 0x1FFF;
  static final int ONE_BIT_SYMBOLS = 14;
  static final int TWO_BIT_SYMBOLS = 7;

  private static final int VECTOR_FLAG = 0x8000;
  private static final int TWO_BIT_FLAG = 0x4000;
  private static final int RUN_SYMBOL_SHIFT = 13;

  private StatusChunk() {}

  static int symbolCount(int chunk) {
    if (isRun(chunk)) {
      return chunk & MAX_RUN;
    }
    return (chunk & TWO_BIT_FLAG) == 0 ? ONE_BIT_SYMBOLS : TWO_BIT_SYMBOLS;
  }

  static int symbol(int chunk, int index) {
    if (isRun(chunk)) {
      return chunk >> RUN_SYMBOL_SHIFT;
    }
    if ((chunk & TWO_BIT_FLAG) == 0) {
      return chunk >> ONE_BIT_SYMBOLS - 1 - index & 1;
    }
    return chunk >> 2 * (TWO_BIT_SYMBOLS - 1 - index) & 3;
  }

  /** length in bytes of the deltas of the first symbols, or -1 when one of these is reserved */
  static int deltasLength(int chunk, int symbols) {
    int length = 0;
    int distinct = isRun(chunk) ? Math.min(symbols, 1) : symbols;
    for (int i = 0; i < distinct; i++) {
      int symbol = symbol(chunk, i);
      if (symbol > LARGE_DELTA) {
        return -1;
      }
      length += symbol;
    }
    return isRun(chunk) ? length * symbols : length;
  }

  static int run(int symbol, int length) {
    return symbol << RUN_SYMBOL_SHIFT | length;
  }

  static int oneBitVector(int bits) {
    return VECTOR_FLAG | bits;
  }

  static int twoBitVector(int bits) {
    return VECTOR_FLAG | TWO_BIT_FLAG | bits;
  }

  private static boolean isRun(int chunk) {
    return (chunk & VECTOR_FLAG) == 0;
  }
}
