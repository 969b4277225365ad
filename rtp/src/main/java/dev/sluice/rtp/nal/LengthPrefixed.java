package dev.sluice.rtp.nal;

import io.netty.buffer.ByteBuf;

/** NAL units behind their lengths (ISO/IEC 14496-15 section 5.3.2). */
public final class LengthPrefixed {

  private LengthPrefixed() {}

  /**
   * Finds the NAL units, which begin at index 0; empty ones are left out.
   *
   * @param buf holds them
   * @param length of all, in bytes
   * @param lengthSize bytes of each length: 1, 2 or 4
   * @param nals gets them
   * @return false if the lengths do not add up
   */
  public static boolean parse(ByteBuf buf, int length, int lengthSize, NalList nals) {
    nals.clear();
    int at = 0;
    while (at < length) {
      if (length - at < lengthSize) {
        return false;
      }
      long size = read(buf, at, lengthSize);
      at += lengthSize;
      if (size > length - at) {
        return false;
      }
      if (size > 0) {
        nals.add(at, (int) size);
      }
      at += (int) size;
    }
    return true;
  }

  private static long read(ByteBuf buf, int at, int lengthSize) {
    return switch (lengthSize) {
      case 1 -> buf.getUnsignedByte(at);
      case 2 -> buf.getUnsignedShort(at);
      default -> buf.getUnsignedInt(at);
    };
  }
}
