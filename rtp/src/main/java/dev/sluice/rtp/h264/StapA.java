package dev.sluice.rtp.h264;

import io.netty.buffer.ByteBuf;

/**
 * Single-time aggregation packets (RFC 6184 section 5.7.1).
 *
 * <pre>
 *  +---------------+-------------------------------+---------------+
 *  |F|NRI| 24      |          NALU 1 size          |  NALU 1 ...   |
 *  +---------------+-------------------------------+---------------+
 *  :               |          NALU 2 size          |  NALU 2 ...   |
 *  +---------------+-------------------------------+---------------+
 * </pre>
 */
final class StapA {

  static final int HEADER_BYTES = 1;
  static final int SIZE_BYTES = 2;

  private StapA() {}

  /**
   * Finds the NAL units of a payload.
   *
   * @return false if it is malformed; the list is then of no use
   */
  static boolean parse(ByteBuf buf, int offset, int length, NalList nals) {
    nals.clear();
    int end = offset + length;
    int at = offset + HEADER_BYTES;
    while (at < end) {
      if (end - at < SIZE_BYTES) {
        return false;
      }
      int size = buf.getUnsignedShort(at);
      at += SIZE_BYTES;
      if (size > end - at || !NalUnit.isWellFormed(buf, at, size)) {
        return false;
      }
      nals.add(at, size);
      at += size;
    }
    return nals.size() > 0;
  }

  /** how many NAL units, counted from one of them on, fit together into one payload; at least 1 */
  static int fitting(NalList nals, int from, int to, int maxPayload) {
    int total = HEADER_BYTES;
    int next = from;
    while (next < to && total + SIZE_BYTES + nals.length(next) <= maxPayload) {
      total += SIZE_BYTES + nals.length(next);
      next++;
    }
    return Math.max(1, next - from);
  }

  /**
   * Writes a payload.
   *
   * @return its length
   */
  static int write(byte[] array, int offset, ByteBuf buf, NalList nals, int from, int count) {
    int refIdc = 0;
    int at = offset + HEADER_BYTES;
    for (int i = from; i < from + count; i++) {
      int length = nals.length(i);
      refIdc = Math.max(refIdc, NalUnit.refIdc(buf.getByte(nals.offset(i))));
      array[at] = (byte) (length >> 8);
      array[at + 1] = (byte) length;
      buf.getBytes(nals.offset(i), array, at + SIZE_BYTES, length);
      at += SIZE_BYTES + length;
    }
    array[offset] = (byte) NalUnit.header(refIdc, NalUnit.STAP_A);
    return at - offset;
  }
}
