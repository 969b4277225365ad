package dev.sluice.rtp.nal;

import io.netty.buffer.ByteBuf;

/** Tells by the first bytes of NAL units where access units begin, for one codec. Stateless. */
public interface UnitStarts {

  /** how many bytes of a NAL unit are looked at */
  int HEAD_BYTES = 3;

  /**
   * Whether a NAL unit is of a picture.
   *
   * @param buf holds it, or its first {@link #HEAD_BYTES} bytes
   * @param offset its index
   * @return true for slices
   */
  boolean isSlice(ByteBuf buf, int offset);

  /**
   * Whether a NAL unit cannot belong to an access unit that has a picture.
   *
   * @param buf holds it, or its first {@link #HEAD_BYTES} bytes
   * @param offset its index
   * @param length in bytes, as far as it is there
   * @return true if another access unit begins with it
   */
  boolean begins(ByteBuf buf, int offset, int length);
}
