package dev.sluice.rtp.h264;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The byte stream format: NAL units behind start codes 00 00 01, with any number of zero bytes
 * before (H.264 annex B).
 */
final class AnnexB {

  private static final int START_CODE_BYTES = 3;
  private static final int START_CODE = 1;
  private static final long EACH_BYTE_01 = 0x0101010101010101L;
  private static final long EACH_BYTE_80 = 0x8080808080808080L;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private AnnexB() {}

  /**
   * Finds the NAL units, without the zero bytes that may follow them; empty ones are left out.
   *
   * @return false if the bytes do not begin with a start code
   */
  static boolean parse(ByteBuf buf, int offset, int length, NalList nals) {
    nals.clear();
    int end = offset + length;
    int startCode = findStartCode(buf, offset, end);
    if (startCode == end || !isZero(buf, offset, startCode)) {
      return false;
    }
    while (startCode < end) {
      int nal = startCode + START_CODE_BYTES;
      startCode = findStartCode(buf, nal, end);
      int nalEnd = withoutTrailingZeros(buf, nal, startCode);
      if (nalEnd > nal) {
        nals.add(nal, nalEnd - nal);
      }
    }
    return true;
  }

  /**
   * Index of the next 00 00 01, or the end if there is none. Looks at eight bytes at once: those
   * without a zero byte cannot hold the beginning of a start code.
   */
  static int findStartCode(ByteBuf buf, int from, int end) {
    if (buf.hasArray()) {
      int base = buf.arrayOffset();
      return findStartCode(buf.array(), base + from, base + end) - base;
    }
    int at = from;
    while (at <= end - START_CODE_BYTES) {
      int skip = at <= end - Long.BYTES ? bytesBeforeZero(buf.getLongLE(at)) : 0;
      if (skip > 0) {
        at += skip;
      } else if (buf.getMedium(at) == START_CODE) {
        return at;
      } else {
        at++;
      }
    }
    return end;
  }

  private static int findStartCode(byte[] array, int from, int end) {
    int at = from;
    while (at <= end - START_CODE_BYTES) {
      int skip = at <= end - Long.BYTES ? bytesBeforeZero((long) LONGS.get(array, at)) : 0;
      if (skip > 0) {
        at += skip;
      } else if (array[at] == 0 && array[at + 1] == 0 && array[at + 2] == START_CODE) {
        return at;
      } else {
        at++;
      }
    }
    return end;
  }

  /** how many bytes of a little-endian word come before its first zero byte; 8 if none is zero */
  private static int bytesBeforeZero(long word) {
    long zeros = word - EACH_BYTE_01 & ~word & EACH_BYTE_80;
    return Long.numberOfTrailingZeros(zeros) >>> 3;
  }

  private static boolean isZero(ByteBuf buf, int from, int to) {
    return withoutTrailingZeros(buf, from, to) == from;
  }

  private static int withoutTrailingZeros(ByteBuf buf, int from, int to) {
    int end = to;
    while (end > from && buf.getByte(end - 1) == 0) {
      end--;
    }
    return end;
  }
}
