package dev.sluice.rtp.nal;

import io.netty.buffer.ByteBuf;

/** NAL units one behind the other, each behind a start code of four bytes or behind its length. */
public final class FramedNalUnits {
  static final int PREFIX_BYTES = 4;
  private static final int START_CODE = 1;

  private final boolean lengths;
  private boolean begun;
  private int start;

  /**
   * Makes an empty list.
   *
   * @param lengths whether NAL units stand behind their lengths, of four bytes, instead of start
   *     codes (annex B of H.264 and H.265)
   */
  public FramedNalUnits(boolean lengths) {
    this.lengths = lengths;
  }

  /**
   * Ends the NAL unit before, and begins one: what is written from now on.
   *
   * @param frame where to
   */
  public void begin(ByteBuf frame) {
    finish(frame);
    begun = true;
    start = frame.writerIndex();
    frame.writeInt(START_CODE);
  }

  /**
   * Appends a whole NAL unit.
   *
   * @param payload holds it
   * @param at where it begins
   * @param length of it
   * @param frame where to
   */
  public void append(ByteBuf payload, int at, int length, ByteBuf frame) {
    begin(frame);
    frame.writeBytes(payload, at, length);
  }

  /**
   * Appends the NAL units that stand behind their lengths of two bytes.
   *
   * @param payload holds them
   * @param at where they begin
   * @param end where they end
   * @param frame where to
   * @return false if they are malformed
   */
  public boolean appendAll(ByteBuf payload, int at, int end, ByteBuf frame) {
    int next = at;
    while (end - next > Short.BYTES) {
      int size = payload.getUnsignedShort(next);
      next += Short.BYTES;
      if (size == 0 || size > end - next) {
        return false;
      }
      append(payload, next, size, frame);
      next += size;
    }
    return next == end;
  }

  /**
   * Ends the list; the next NAL unit begins another one.
   *
   * @param frame where it was written to
   * @return whether it has any NAL unit
   */
  public boolean end(ByteBuf frame) {
    boolean any = begun;
    finish(frame);
    begun = false;
    return any;
  }

  private void finish(ByteBuf frame) {
    if (begun && lengths) {
      frame.setInt(start, frame.writerIndex() - start - PREFIX_BYTES);
    }
  }
}
