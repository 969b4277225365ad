package dev.sluice.rtp.nal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Reads the syntax elements of a NAL unit, skipping emulation prevention bytes (H.264 sections
 * 7.3.1 and 9.1). Never reads beyond its end: from there on, or after a code that H.264 does not
 * allow, elements read as 0 and {@link #failed()} says so.
 */
public final class BitReader {

  private static final int EMULATION_PREVENTION = 3;

  private ByteBuf buf = Unpooled.EMPTY_BUFFER;
  private int end;
  private int next;
  private int zeros;
  private int current;
  private int bitsLeft;
  private boolean failed;

  /** Makes a reader of nothing. */
  public BitReader() {}

  /**
   * Begins to read a NAL unit.
   *
   * @param source holds it
   * @param offset of the first byte after the NAL unit header
   * @param sourceEnd behind the last byte of the NAL unit
   * @return this
   */
  public BitReader read(ByteBuf source, int offset, int sourceEnd) {
    buf = source;
    next = offset;
    end = sourceEnd;
    zeros = 0;
    bitsLeft = 0;
    failed = false;
    return this;
  }

  /** {@return whether something was read that was not there, or not allowed} */
  public boolean failed() {
    return failed;
  }

  /** {@return u(1)} */
  public int bit() {
    if (bitsLeft == 0 && !load()) {
      failed = true;
      return 0;
    }
    bitsLeft--;
    return current >> bitsLeft & 1;
  }

  /** {@return u(1), as a flag} */
  public boolean flag() {
    return bit() == 1;
  }

  /**
   * {@return u(n)}
   *
   * @param count n, up to 32
   */
  public int bits(int count) {
    int value = 0;
    for (int i = 0; i < count && !failed; i++) {
      value = value << 1 | bit();
    }
    return failed ? 0 : value;
  }

  /** {@return ue(v), up to 2^31 - 2, which is beyond every element read here} */
  public int ue() {
    int leadingZeros = 0;
    while (bit() == 0) {
      leadingZeros++;
      if (failed || leadingZeros > 30) {
        failed = true;
        return 0;
      }
    }
    int suffix = bits(leadingZeros);
    return failed ? 0 : (1 << leadingZeros) - 1 + suffix;
  }

  /** {@return se(v)} */
  public int se() {
    int code = ue();
    return (code & 1) == 1 ? (code >>> 1) + 1 : -(code >>> 1);
  }

  /**
   * Skips whole bytes; only at a byte boundary.
   *
   * @param count how many
   */
  public void skipBytes(int count) {
    for (int i = 0; i < count && !failed; i++) {
      failed = !load();
      bitsLeft = 0;
    }
  }

  private boolean load() {
    if (next < end && zeros >= 2 && buf.getByte(next) == EMULATION_PREVENTION) {
      next++;
      zeros = 0;
    }
    if (next >= end) {
      return false;
    }
    current = buf.getUnsignedByte(next++);
    zeros = current == 0 ? zeros + 1 : 0;
    bitsLeft = 8;
    return true;
  }
}
