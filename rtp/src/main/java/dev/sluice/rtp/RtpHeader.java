package dev.sluice.rtp;

/**
 * The RTP header (RFC 3550, section 5.1) as a flyweight over a byte array: for packets that are
 * about to be sent or encrypted. {@link RtpPacket} is its counterpart for packets received.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                           timestamp                           |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                             SSRC                              |
 * +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 * |                    CSRC list (0 to 15 items)                  |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |      defined by profile       |   extension length in words   |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                        header extension                       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>All fields are big-endian. The methods keep no state and may be called from any thread. Except
 * for {@link #length}, which validates, they expect at least {@link #FIXED_LENGTH} bytes at the
 * offset and throw {@link IndexOutOfBoundsException} where the array ends before that.
 */
public final class RtpHeader {

  /** the version of RTP, in the upper two bits of the first byte */
  public static final int VERSION = 2;

  /** length in bytes of the header without CSRC list and extension */
  public static final int FIXED_LENGTH = 12;

  /** offset of the byte with version, padding bit, extension bit and CSRC count */
  public static final int FLAGS_OFFSET = 0;

  /** offset of the byte with marker bit and payload type */
  public static final int PAYLOAD_TYPE_OFFSET = 1;

  /** offset of the 16-bit sequence number */
  public static final int SEQUENCE_NUMBER_OFFSET = 2;

  /** offset of the 32-bit timestamp */
  public static final int TIMESTAMP_OFFSET = 4;

  /** offset of the 32-bit SSRC */
  public static final int SSRC_OFFSET = 8;

  /** offset of the CSRC list, or of what follows where that is empty */
  public static final int CSRC_OFFSET = 12;

  /** length in bytes of the two fields that stand before a header extension */
  public static final int EXTENSION_PREFIX_LENGTH = 4;

  static final int PADDING_BIT = 0x20;
  static final int EXTENSION_BIT = 0x10;
  static final int CSRC_COUNT_MASK = 0x0F;
  static final int MARKER_BIT = 0x80;
  static final int PAYLOAD_TYPE_MASK = 0x7F;
  static final int CSRC_LENGTH = 4;

  private RtpHeader() {}

  /**
   * Writes a header without padding, CSRCs and extension.
   *
   * @param packet array to write to
   * @param offset index of the first byte of the packet
   * @param payloadType payload type; its lower 7 bits are written
   * @param marker the marker bit
   * @param sequenceNumber sequence number; its lower 16 bits are written
   * @param timestamp timestamp, in ticks of the payload's clock
   * @param ssrc synchronisation source
   */
  public static void write(
      byte[] packet,
      int offset,
      int payloadType,
      boolean marker,
      int sequenceNumber,
      int timestamp,
      int ssrc) {
    int markerBit = marker ? MARKER_BIT : 0;
    int first =
        VERSION << 30
            | (markerBit | (payloadType & PAYLOAD_TYPE_MASK)) << 16
            | (sequenceNumber & 0xFFFF);
    BigEndian.putInt(packet, offset, first);
    BigEndian.putInt(packet, offset + TIMESTAMP_OFFSET, timestamp);
    BigEndian.putInt(packet, offset + SSRC_OFFSET, ssrc);
  }

  /**
   * Says that the packet ends with padding (RFC 3550, section 5.1), whose last byte is its length.
   *
   * @param packet array with the RTP header
   * @param offset index of its first byte
   */
  public static void setPadding(byte[] packet, int offset) {
    packet[offset] |= (byte) PADDING_BIT;
  }

  /**
   * Sets what changes from one packet of a stream to the next, for a header that was copied from a
   * template. The rest of the header stays.
   *
   * @param packet array that holds the header
   * @param offset index of the first byte of the packet
   * @param marker the marker bit
   * @param sequenceNumber sequence number; its lower 16 bits are written
   * @param timestamp timestamp, in ticks of the payload's clock
   */
  public static void update(
      byte[] packet, int offset, boolean marker, int sequenceNumber, int timestamp) {
    int markerBit = marker ? MARKER_BIT : 0;
    packet[offset + PAYLOAD_TYPE_OFFSET] = (byte) (markerBit | payloadType(packet, offset));
    BigEndian.putShort(packet, offset + SEQUENCE_NUMBER_OFFSET, sequenceNumber);
    BigEndian.putInt(packet, offset + TIMESTAMP_OFFSET, timestamp);
  }

  /**
   * Validates the header of a packet and measures it. Padding is not looked at, since in an
   * encrypted packet it cannot be.
   *
   * @param packet array that holds the packet
   * @param offset index of the first byte of the packet
   * @param length length of the packet in bytes
   * @return length in bytes of the header with CSRC list and extension, or -1 when the version is
   *     not 2 or the header does not fit into the packet
   */
  public static int length(byte[] packet, int offset, int length) {
    if (length < FIXED_LENGTH || !isVersion2(packet[offset])) {
      return -1;
    }
    int flags = packet[offset + FLAGS_OFFSET];
    int end = lengthWithCsrcs(flags);
    if ((flags & EXTENSION_BIT) != 0) {
      if (length < end + EXTENSION_PREFIX_LENGTH) {
        return -1;
      }
      end += EXTENSION_PREFIX_LENGTH + 4 * BigEndian.getUnsignedShort(packet, offset + end + 2);
    }
    return end <= length ? end : -1;
  }

  /**
   * Reads the payload type.
   *
   * @param packet array that holds the packet
   * @param offset index of the first byte of the packet
   * @return payload type, 0 to 127
   */
  public static int payloadType(byte[] packet, int offset) {
    return packet[offset + PAYLOAD_TYPE_OFFSET] & PAYLOAD_TYPE_MASK;
  }

  /**
   * Reads the marker bit.
   *
   * @param packet array that holds the packet
   * @param offset index of the first byte of the packet
   * @return whether the marker bit is set
   */
  public static boolean marker(byte[] packet, int offset) {
    return (packet[offset + PAYLOAD_TYPE_OFFSET] & MARKER_BIT) != 0;
  }

  /**
   * Reads the sequence number.
   *
   * @param packet array that holds the packet
   * @param offset index of the first byte of the packet
   * @return sequence number, 0 to 65535
   */
  public static int sequenceNumber(byte[] packet, int offset) {
    return BigEndian.getUnsignedShort(packet, offset + SEQUENCE_NUMBER_OFFSET);
  }

  /**
   * Reads the timestamp.
   *
   * @param packet array that holds the packet
   * @param offset index of the first byte of the packet
   * @return timestamp in ticks of the payload's clock, an unsigned 32-bit number
   */
  public static int timestamp(byte[] packet, int offset) {
    return BigEndian.getInt(packet, offset + TIMESTAMP_OFFSET);
  }

  /**
   * Reads the synchronisation source.
   *
   * @param packet array that holds the packet
   * @param offset index of the first byte of the packet
   * @return SSRC, an unsigned 32-bit number
   */
  public static int ssrc(byte[] packet, int offset) {
    return BigEndian.getInt(packet, offset + SSRC_OFFSET);
  }

  static boolean isVersion2(int flags) {
    return (flags & 0xC0) == VERSION << 6;
  }

  /** length of the fixed header and the CSRC list, which is where an extension begins */
  static int lengthWithCsrcs(int flags) {
    return FIXED_LENGTH + CSRC_LENGTH * (flags & CSRC_COUNT_MASK);
  }
}
