package dev.sluice.rtp;

import java.util.Arrays;

/**
 * Writes an RTP header extension (RFC 8285) into a byte array, behind a header that is already
 * there.
 *
 * <pre>{@code
 * RtpHeader.write(packet, offset, payloadType, marker, sequenceNumber, timestamp, ssrc);
 * writer.begin(packet, offset, HeaderExtensionForm.ONE_BYTE);
 * System.arraycopy(mid, 0, packet, writer.add(midId, mid.length), mid.length);
 * int headerLength = writer.end();
 * }</pre>
 *
 * <p>The writer is made to be used again and allocates nothing. The array is borrowed between
 * {@link #begin} and {@link #end}, and an array that is too short makes the methods throw {@link
 * IndexOutOfBoundsException}. Used by one thread at a time.
 */
public final class HeaderExtensionWriter {

  private byte[] packet = {};
  private HeaderExtensionForm form = HeaderExtensionForm.ONE_BYTE;
  private int start;
  private int prefix;
  private int position;

  /** Creates a writer. */
  public HeaderExtensionWriter() {}

  /**
   * Begins the extension after the header and its CSRC list. What stands there is overwritten.
   *
   * @param packet array with the RTP header
   * @param offset index of the first byte of the RTP header
   * @param form form of the elements
   */
  public void begin(byte[] packet, int offset, HeaderExtensionForm form) {
    this.packet = packet;
    this.form = form;
    start = offset;
    prefix = offset + RtpHeader.lengthWithCsrcs(packet[offset]);
    position = prefix + RtpHeader.EXTENSION_PREFIX_LENGTH;
  }

  /**
   * Adds an element. The caller puts its value in place.
   *
   * @param id ID that was negotiated for the extension
   * @param length length of the value in bytes
   * @return index in the array where the value belongs
   * @throws IllegalArgumentException if the form does not {@linkplain HeaderExtensionForm#allows
   *     allow} the ID or the length
   */
  public int add(int id, int length) {
    if (!form.allows(id, length)) {
      throw new IllegalArgumentException(
          "No " + form + " element with ID " + id + " and a value of " + length + " bytes");
    }
    if (form == HeaderExtensionForm.ONE_BYTE) {
      packet[position] = (byte) (id << 4 | (length - 1));
    } else {
      packet[position] = (byte) id;
      packet[position + 1] = (byte) length;
    }
    int value = position + form.prefixLength();
    position = value + length;
    return value;
  }

  /**
   * Ends the extension: pads it to a multiple of four bytes, writes its length and marks the header
   * as having one. Without any element the header stays without an extension.
   *
   * @return length in bytes of the RTP header with CSRC list and extension
   */
  public int end() {
    int elements = prefix + RtpHeader.EXTENSION_PREFIX_LENGTH;
    if (position == elements) {
      packet[start] &= (byte) ~RtpHeader.EXTENSION_BIT;
      return prefix - start;
    }
    int words = (position - elements + 3) / 4;
    int end = elements + 4 * words;
    Arrays.fill(packet, position, end, (byte) 0);
    BigEndian.putShort(packet, prefix, form.profile());
    BigEndian.putShort(packet, prefix + 2, words);
    packet[start] |= (byte) RtpHeader.EXTENSION_BIT;
    return end - start;
  }
}
