package dev.sluice.rtp.nal;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The byte stream format: NAL units behind start codes 00 00 01, with any number of zero bytes
 * before (H.264 annex B).
 */
public final class AnnexB {

  /** length of a start code */
  public static final int START_CODE_BYTES = 3;

  private static final int WINDOW_BYTES = Long.BYTES + START_CODE_BYTES - 1;
  private static final long EACH_BYTE_01 = 0x0101010101010101L;
  private static final long EACH_BYTE_80 = 0x8080808080808080L;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private AnnexB() {}

  /**
   * Finds the NAL units, without the zero bytes that may follow them; empty ones are left out.
   *
   * @param buf holds them
   * @param offset index of the first byte
   * @param length in bytes
   * @param nals gets them
   * @return false if the bytes do not begin with a start code
   */
  public static boolean parse(ByteBuf buf, int offset, int length, NalList nals) {
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
   * Index of the next 00 00 01, or the end if there is none. Tests eight places at once, without a
   * branch that depends on the bytes: the words at the place, one behind and two behind it, the
   * last with its ones made zero, have a zero byte in common exactly where a start code begins.
   *
   * @param buf holds the bytes
   * @param from where to begin
   * @param end where to end
   * @return its index
   */
  public static int findStartCode(ByteBuf buf, int from, int end) {
    if (buf.hasArray()) {
      int base = buf.arrayOffset();
      return findStartCode(buf.array(), base + from, base + end) - base;
    }
    int at = from;
    for (; at <= end - WINDOW_BYTES; at += Long.BYTES) {
      long zeros = zeroBytes(buf.getLongLE(at), buf.getLongLE(at + 1), buf.getLongLE(at + 2));
      if (zeros != 0) {
        return at + firstByte(zeros);
      }
    }
    while (at <= end - START_CODE_BYTES && buf.getMedium(at) != 1) {
      at++;
    }
    return at <= end - START_CODE_BYTES ? at : end;
  }

  private static int findStartCode(byte[] array, int from, int end) {
    int at = from;
    for (; at <= end - WINDOW_BYTES; at += Long.BYTES) {
      long zeros = zeroBytes(word(array, at), word(array, at + 1), word(array, at + 2));
      if (zeros != 0) {
        return at + firstByte(zeros);
      }
    }
    while (at <= end - START_CODE_BYTES && !isStartCode(array, at)) {
      at++;
    }
    return at <= end - START_CODE_BYTES ? at : end;
  }

  private static boolean isStartCode(byte[] array, int at) {
    return array[at] == 0 && array[at + 1] == 0 && array[at + 2] == 1;
  }

  private static long word(byte[] array, int at) {
    return (long) LONGS.get(array, at);
  }

  /** the highest bit of each byte, of which the lowest one set marks the first start code */
  private static long zeroBytes(long first, long second, long third) {
    long common = first | second | third ^ EACH_BYTE_01;
    return common - EACH_BYTE_01 & ~common & EACH_BYTE_80;
  }

  private static int firstByte(long zeros) {
    return Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
  }

  private static boolean isZero(ByteBuf buf, int from, int to) {
    return withoutTrailingZeros(buf, from, to) == from;
  }

  /**
   * {@return end of the bytes without the zeros that they end with}
   *
   * @param buf holds the bytes
   * @param from their begin
   * @param to their end
   */
  public static int withoutTrailingZeros(ByteBuf buf, int from, int to) {
    int end = to;
    while (end > from && buf.getByte(end - 1) == 0) {
      end--;
    }
    return end;
  }
}
