package dev.sluice.rtp.nal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * The NAL units that precede a picture, copied until it begins: only then is it known whether it is
 * left out, and what its timestamp is, which sources may set on such NAL units to another value.
 */
public final class Prologue {

  /** how much is kept, in bytes */
  public static final int MAX_BYTES = 32 * 1024;

  private final ByteBuf bytes = Unpooled.buffer(256, MAX_BYTES);
  private final NalList nals = new NalList();

  /** Makes an empty one. */
  public Prologue() {}

  /**
   * Adds a NAL unit.
   *
   * @param buf holds it
   * @param offset its index
   * @param length in bytes
   * @return false if there is no room
   */
  public boolean add(ByteBuf buf, int offset, int length) {
    if (length > MAX_BYTES - bytes.writerIndex()) {
      return false;
    }
    nals.add(bytes.writerIndex(), length);
    bytes.writeBytes(buf, offset, length);
    return true;
  }

  /** {@return whether there is nothing} */
  public boolean isEmpty() {
    return nals.size() == 0;
  }

  /** {@return what holds the NAL units} */
  public ByteBuf bytes() {
    return bytes;
  }

  /** {@return where they lie} */
  public NalList nals() {
    return nals;
  }

  /** Drops all. */
  public void clear() {
    bytes.clear();
    nals.clear();
  }
}
