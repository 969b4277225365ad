package dev.sluice.srtp.dtls;

/**
 * View of the header of a handshake message or of a fragment of one (RFC 6347, section 4.2.2).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+-----------------------------------------------+
 * |   msg_type    |                    length                     |
 * +---------------+---------------+-------------------------------+
 * |          message_seq          |        fragment_offset        |
 * +---------------+---------------+-------------------------------+
 * | fr_off. cont. |                fragment_length                |
 * +---------------+-----------------------------------------------+
 * </pre>
 */
final class HandshakeHeader {
  static final int CLIENT_HELLO = 1;
  static final int SERVER_HELLO = 2;
  static final int HELLO_VERIFY_REQUEST = 3;
  static final int CERTIFICATE = 11;
  static final int SERVER_KEY_EXCHANGE = 12;
  static final int CERTIFICATE_REQUEST = 13;
  static final int SERVER_HELLO_DONE = 14;
  static final int CERTIFICATE_VERIFY = 15;
  static final int CLIENT_KEY_EXCHANGE = 16;

  static final int TYPE_OFFSET = 0;
  static final int LENGTH_OFFSET = 1;
  static final int MESSAGE_SEQ_OFFSET = 4;
  static final int FRAGMENT_OFFSET_OFFSET = 6;
  static final int FRAGMENT_LENGTH_OFFSET = 9;
  static final int HEADER_LENGTH = 12;

  private HandshakeHeader() {}

  static int type(byte[] buffer, int offset) {
    return BigEndian.uint8(buffer, offset + TYPE_OFFSET);
  }

  /** Returns the length of the whole message's body. */
  static int length(byte[] buffer, int offset) {
    return BigEndian.uint24(buffer, offset + LENGTH_OFFSET);
  }

  static int messageSeq(byte[] buffer, int offset) {
    return BigEndian.uint16(buffer, offset + MESSAGE_SEQ_OFFSET);
  }

  static int fragmentOffset(byte[] buffer, int offset) {
    return BigEndian.uint24(buffer, offset + FRAGMENT_OFFSET_OFFSET);
  }

  static int fragmentLength(byte[] buffer, int offset) {
    return BigEndian.uint24(buffer, offset + FRAGMENT_LENGTH_OFFSET);
  }

  /** Returns whether this fragment has the message's last byte. */
  static boolean reachesEnd(byte[] buffer, int offset) {
    return fragmentOffset(buffer, offset) + fragmentLength(buffer, offset)
        == length(buffer, offset);
  }

  /** Writes the header of an unfragmented message. */
  static void write(byte[] buffer, int offset, int type, int messageSeq, int length) {
    buffer[offset + TYPE_OFFSET] = (byte) type;
    BigEndian.uint24(buffer, offset + LENGTH_OFFSET, length);
    BigEndian.uint16(buffer, offset + MESSAGE_SEQ_OFFSET, messageSeq);
    BigEndian.uint24(buffer, offset + FRAGMENT_OFFSET_OFFSET, 0);
    BigEndian.uint24(buffer, offset + FRAGMENT_LENGTH_OFFSET, length);
  }
}
