package dev.sluice.rtp.h264;

import dev.sluice.rtp.nal.NalList;
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

  /** Finds the NAL units of a payload, which sources may have padded with zeros. */
  static void parse(ByteBuf buf, int offset, int length, UnitFinder units) {
    int end = offset + length;
    int at = offset + HEADER_BYTES;
    while (end - at >= SIZE_BYTES) {
      int size = buf.getUnsignedShort(at);
      at += SIZE_BYTES;
      if (size > end - at) {
        units.damaged(H264Counter.MALFORMED_AGGREGATE);
        return;
      }
      if (size == 0) {
        units.leftOut(H264Counter.EMPTY_NAL_UNIT);
      }
      units.add(buf, at, size);
      at += size;
    }
    if (at < end && buf.getByte(at) != 0) {
      units.damaged(H264Counter.MALFORMED_AGGREGATE);
    } else if (at < end) {
      units.leftOut(H264Counter.EMPTY_NAL_UNIT);
    }
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
