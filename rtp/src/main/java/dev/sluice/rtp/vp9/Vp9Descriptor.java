package dev.sluice.rtp.vp9;

import dev.sluice.rtp.PictureMarks;
import dev.sluice.rtp.frames.PieceWriter;
import io.netty.buffer.ByteBuf;

/**
 * The payload descriptor (RFC 9628 section 4.2).
 *
 * <pre>
 *       0 1 2 3 4 5 6 7
 *      +-+-+-+-+-+-+-+-+
 *      |I|P|L|F|B|E|V|Z|
 *      +-+-+-+-+-+-+-+-+
 *   I: |M| PICTURE ID  |   two bytes with M
 *      +-+-+-+-+-+-+-+-+
 *   L: | TID |U| SID |D|   and TL0PICIDX without F
 *      +-+-+-+-+-+-+-+-+
 * P,F: | P_DIFF      |N|   up to three, while N is set
 *      +-+-+-+-+-+-+-+-+
 *   V: | scalability structure
 * </pre>
 */
final class Vp9Descriptor implements PieceWriter.Header {

  private static final int MAX_BYTES = 128;
  private static final int PICTURE_ID = 0x80;
  private static final int INTER_PREDICTED = 0x40;
  private static final int LAYERS = 0x20;
  private static final int FLEXIBLE = 0x10;
  private static final int BEGIN = 0x08;
  private static final int END = 0x04;
  private static final int STRUCTURE = 0x02;

  private static final int LONG_PICTURE_ID = 0x80;
  private static final int TID_SHIFT = 5;
  private static final int SID_SHIFT = 1;
  private static final int ID_MASK = 0x07;
  private static final int MORE_REFERENCES = 0x01;
  private static final int MAX_REFERENCES = 3;
  private static final int SIZES = 0x10;
  private static final int SIZE_BYTES = 4;
  private static final int GROUP = 0x08;
  private static final int GROUP_REFERENCES_SHIFT = 2;

  private final byte[] bytes = new byte[MAX_BYTES];
  private int available;
  private int length;
  private int lengthWithoutStructure;
  private int temporalId;
  private int spatialId;

  /** the one of a frame of which nothing more is known */
  Vp9Descriptor plain(boolean keyframe) {
    bytes[0] = (byte) (BEGIN | END | (keyframe ? 0 : INTER_PREDICTED));
    length = 1;
    lengthWithoutStructure = 1;
    temporalId = 0;
    spatialId = 0;
    return this;
  }

  /**
   * Reads the descriptor of a payload.
   *
   * @return false if the payload ends within it, or with it, or if it is longer than any real one
   */
  boolean parse(ByteBuf buf, int offset, int payloadLength) {
    available = Math.min(payloadLength, MAX_BYTES);
    buf.getBytes(offset, bytes, 0, available);
    length = 1;
    temporalId = 0;
    spatialId = 0;
    if (has(PICTURE_ID)) {
      length += (at(length) & LONG_PICTURE_ID) != 0 ? 2 : 1;
    }
    if (has(LAYERS)) {
      parseLayers();
    }
    if (has(INTER_PREDICTED) && has(FLEXIBLE)) {
      skipReferences();
    }
    lengthWithoutStructure = length;
    if (has(STRUCTURE)) {
      skipStructure();
    }
    return length < available;
  }

  private void parseLayers() {
    int layers = at(length);
    temporalId = layers >> TID_SHIFT & ID_MASK;
    spatialId = layers >> SID_SHIFT & ID_MASK;
    length += has(FLEXIBLE) ? 1 : 2;
  }

  private void skipReferences() {
    int references = 0;
    boolean more = true;
    while (more && references < MAX_REFERENCES) {
      more = (at(length) & MORE_REFERENCES) != 0;
      length++;
      references++;
    }
  }

  private void skipStructure() {
    int structure = at(length);
    length++;
    if ((structure & SIZES) != 0) {
      length += SIZE_BYTES * ((structure >> TID_SHIFT & ID_MASK) + 1);
    }
    if ((structure & GROUP) != 0) {
      int pictures = at(length);
      length++;
      for (int i = 0; i < pictures && length < available; i++) {
        length += 1 + (at(length) >> GROUP_REFERENCES_SHIFT & MAX_REFERENCES);
      }
    }
  }

  /** what is beyond the payload reads as 0; its length tells in the end */
  private int at(int index) {
    return index < available ? bytes[index] & 0xFF : 0;
  }

  private boolean has(int flag) {
    return (bytes[0] & flag) != 0;
  }

  int length() {
    return length;
  }

  boolean beginsFrame() {
    return has(BEGIN);
  }

  boolean endsFrame() {
    return has(END);
  }

  int spatialId() {
    return spatialId;
  }

  /** see {@link PictureMarks} */
  int marks() {
    return PictureMarks.layer(temporalId, spatialId);
  }

  /** whether it says that no other picture is referred to, and says nothing of layers */
  boolean claimsToBeIntra() {
    return !has(INTER_PREDICTED) && !has(LAYERS) && !has(FLEXIBLE);
  }

  /** says that other pictures are referred to */
  void setInterPredicted() {
    bytes[0] |= INTER_PREDICTED;
  }

  byte firstByte() {
    return bytes[0];
  }

  /** the frame ends with the bytes that the packets of this descriptor hold */
  void setEnd() {
    bytes[0] |= END;
  }

  /** takes over what another one says */
  void copy(Vp9Descriptor other) {
    System.arraycopy(other.bytes, 0, bytes, 0, other.length);
    length = other.length;
    lengthWithoutStructure = other.lengthWithoutStructure;
  }

  @Override
  public int length(boolean first) {
    return first ? length : lengthWithoutStructure;
  }

  @Override
  public void write(byte[] array, int offset, boolean first, boolean last) {
    System.arraycopy(bytes, 0, array, offset, length(first));
    int cleared = (first ? 0 : BEGIN | STRUCTURE) | (last ? 0 : END);
    array[offset] &= (byte) ~cleared;
  }
}
