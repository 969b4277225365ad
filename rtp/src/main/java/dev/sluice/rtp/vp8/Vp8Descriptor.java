package dev.sluice.rtp.vp8;

import dev.sluice.rtp.PictureMarks;
import dev.sluice.rtp.frames.PieceWriter;
import io.netty.buffer.ByteBuf;

/**
 * The payload descriptor (RFC 7741 section 4.2).
 *
 * <pre>
 *       0 1 2 3 4 5 6 7
 *      +-+-+-+-+-+-+-+-+
 *      |X|R|N|S|R| PID |
 *      +-+-+-+-+-+-+-+-+
 *   X: |I|L|T|K| RSV   |
 *      +-+-+-+-+-+-+-+-+
 *   I: |M| PictureID   |   two bytes with M
 *      +-+-+-+-+-+-+-+-+
 *   L: |   TL0PICIDX   |
 *      +-+-+-+-+-+-+-+-+
 * T/K: |TID|Y| KEYIDX  |
 *      +-+-+-+-+-+-+-+-+
 * </pre>
 */
final class Vp8Descriptor implements PieceWriter.Header {

  private static final int MAX_BYTES = 6;
  private static final int EXTENDED = 0x80;
  private static final int NON_REFERENCE = 0x20;
  private static final int START = 0x10;
  private static final int PARTITION = 0x07;
  private static final int PICTURE_ID = 0x80;
  private static final int TL0PICIDX = 0x40;
  private static final int TID = 0x20;
  private static final int KEYIDX = 0x10;
  private static final int LONG_PICTURE_ID = 0x80;
  private static final int TID_SHIFT = 6;

  private final byte[] bytes = new byte[MAX_BYTES];
  private int length;
  private int marks;

  /** the one of a frame of which nothing more is known */
  Vp8Descriptor plain() {
    bytes[0] = START;
    length = 1;
    marks = PictureMarks.NONE;
    return this;
  }

  /**
   * Reads the descriptor of a payload.
   *
   * @return false if the payload ends within it, or with it
   */
  boolean parse(ByteBuf buf, int offset, int payloadLength) {
    length = 1;
    marks = PictureMarks.NONE;
    int available = Math.min(payloadLength, MAX_BYTES);
    buf.getBytes(offset, bytes, 0, available);
    if ((bytes[0] & EXTENDED) != 0) {
      parseExtension();
    }
    if ((bytes[0] & NON_REFERENCE) != 0) {
      marks |= PictureMarks.DISPOSABLE;
    }
    return length < payloadLength;
  }

  /** what is beyond the payload is read as something, which its length tells in the end */
  private void parseExtension() {
    int present = bytes[1];
    length = 2;
    if ((present & PICTURE_ID) != 0) {
      length += (bytes[length] & LONG_PICTURE_ID) != 0 ? 2 : 1;
    }
    if ((present & TL0PICIDX) != 0) {
      length++;
    }
    if ((present & TID) != 0) {
      marks = PictureMarks.layer((bytes[length] & 0xFF) >> TID_SHIFT, 0);
    }
    if ((present & (TID | KEYIDX)) != 0) {
      length++;
    }
  }

  /** whether a partition of the frame begins with the payload */
  boolean beginsPartition() {
    return (bytes[0] & START) != 0;
  }

  boolean beginsFrame() {
    return beginsPartition() && (bytes[0] & PARTITION) == 0;
  }

  /** see {@link PictureMarks} */
  int marks() {
    return marks;
  }

  /** takes over what another one says */
  void copy(Vp8Descriptor other) {
    System.arraycopy(other.bytes, 0, bytes, 0, MAX_BYTES);
    length = other.length;
    marks = other.marks;
  }

  int length() {
    return length;
  }

  @Override
  public int length(boolean first) {
    return length;
  }

  @Override
  public void write(byte[] array, int offset, boolean first, boolean last) {
    System.arraycopy(bytes, 0, array, offset, length);
    if (!first) {
      array[offset] &= (byte) ~START;
    }
  }
}
