package dev.sluice.rtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A cursor over the elements of an RTP header extension (RFC 8285), in its one-byte form (section
 * 4.2) or its two-byte form (section 4.3). {@link RtpPacket#extensions()} hands it out.
 *
 * <pre>
 *  one-byte element                    two-byte element
 *
 *  0 1 2 3 4 5 6 7                      0                   1
 * +-+-+-+-+-+-+-+-+---- - -            0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
 * |  ID   | len-1 | value             +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+---- - -
 * +-+-+-+-+-+-+-+-+---- - -           |       ID      |    length     | value
 *                                     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+---- - -
 * </pre>
 *
 * <p>Padding is skipped. The elements end before one that is malformed, that is reserved (ID 15 in
 * the one-byte form) or that gives a length to padding (section 4.1.2); those before it stand.
 * Nothing is allocated or copied. Used by one thread at a time.
 */
public final class HeaderExtensionReader {

  private static final int RESERVED_ID = 15;

  private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
  private boolean oneByteForm;
  private int position;
  private int end;
  private int id;
  private int offset;
  private int length;

  HeaderExtensionReader() {}

  /**
   * Starts before the first element.
   *
   * @param packet buffer with the extension; borrowed
   * @param prefix index of the "defined by profile" field
   * @param end index after the last byte of the extension
   */
  void wrap(ByteBuf packet, int prefix, int end) {
    int profile = packet.getUnsignedShort(prefix);
    oneByteForm = profile == HeaderExtensionForm.ONE_BYTE.profile();
    boolean twoByteForm =
        (profile & ~HeaderExtensionForm.APPBITS) == HeaderExtensionForm.TWO_BYTE.profile();
    buffer = packet;
    position = oneByteForm || twoByteForm ? prefix + RtpHeader.EXTENSION_PREFIX_LENGTH : end;
    this.end = end;
  }

  void clear() {
    position = 0;
    end = 0;
  }

  /**
   * Moves to the next element.
   *
   * @return whether there is one
   */
  public boolean next() {
    while (position < end && buffer.getByte(position) == 0) {
      position++;
    }
    if (position < end && readElement()) {
      position = offset + length;
      return true;
    }
    position = end;
    return false;
  }

  private boolean readElement() {
    int first = buffer.getUnsignedByte(position);
    if (oneByteForm) {
      id = first >> 4;
      length = (first & 0x0F) + 1;
      offset = position + 1;
      return id != 0 && id != RESERVED_ID && offset + length <= end;
    }
    offset = position + 2;
    if (offset > end) {
      return false;
    }
    id = first;
    length = buffer.getUnsignedByte(position + 1);
    return offset + length <= end;
  }

  /**
   * Moves on to the next element with an ID; an element before the cursor is not found. To look for
   * several, ask the packet for its {@link RtpPacket#extensions() extensions} each time.
   *
   * @param id ID that was negotiated for the extension
   * @return whether there is such an element
   */
  public boolean find(int id) {
    while (next()) {
      if (this.id == id) {
        return true;
      }
    }
    return false;
  }

  /**
   * {@return the ID of the element: 1 to 14 in the one-byte form, 1 to 255 in the two-byte form}
   */
  public int id() {
    return id;
  }

  /**
   * {@return the absolute index in the packet's buffer of the first byte of the element's value}
   */
  public int offset() {
    return offset;
  }

  /**
   * {@return the length of the element's value in bytes: 1 to 16 in the one-byte form, 0 to 255 in
   * the two-byte form}
   */
  public int length() {
    return length;
  }
}
