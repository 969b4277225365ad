package dev.sluice.rtp.nal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** Keeps copies of a stream's parameter sets, 32 KiB of all together. */
public final class ParameterSetCopies {

  /** a larger parameter set, in bytes, is not kept; real ones have 10 to 200 */
  public static final int MAX_BYTES = 2048;

  private static final int MAX_TOTAL_BYTES = 32 * 1024;

  private int totalBytes;

  /** Begins without any. */
  public ParameterSetCopies() {}

  /**
   * Keeps a copy of a parameter set in place of the one of the same id.
   *
   * @param sets of its kind, by id
   * @param id of it
   * @param buf holds it
   * @param offset its index
   * @param length in bytes
   * @return false if it is too large
   */
  public boolean keep(@Nullable ByteBuf[] sets, int id, ByteBuf buf, int offset, int length) {
    ByteBuf known = sets[id];
    int knownBytes = known == null ? 0 : known.readableBytes();
    if (known != null
        && knownBytes == length
        && ByteBufUtil.equals(known, 0, buf, offset, length)) {
      return true;
    }
    int total = totalBytes - knownBytes + length;
    if (length > MAX_BYTES || total > MAX_TOTAL_BYTES) {
      return false;
    }
    byte[] copy = new byte[length];
    buf.getBytes(offset, copy);
    sets[id] = Unpooled.wrappedBuffer(copy);
    totalBytes = total;
    return true;
  }
}
