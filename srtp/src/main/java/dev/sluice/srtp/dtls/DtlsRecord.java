package dev.sluice.srtp.dtls;

/**
 * View of a DTLS 1.2 record (RFC 6347, section 4.1).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+-------------------------------+---------------+
 * |     type      |            version            |     epoch     |
 * +---------------+-------------------------------+---------------+
 * |  epoch cont.  |                                               |
 * +---------------+           sequence number                     +
 * |                                               +---------------+
 * |                                               |    length     |
 * +---------------+-------------------------------+---------------+
 * | length cont.  |                  fragment ...
 * +---------------+------------------------------
 * </pre>
 */
final class DtlsRecord {
  static final int CHANGE_CIPHER_SPEC = 20;
  static final int ALERT = 21;
  static final int HANDSHAKE = 22;

  static final int TYPE_OFFSET = 0;
  static final int VERSION_OFFSET = 1;
  static final int EPOCH_OFFSET = 3;
  static final int SEQUENCE_OFFSET = 5;
  static final int LENGTH_OFFSET = 11;
  static final int HEADER_LENGTH = 13;

  private static final int VERSION_MAJOR = 0xFE;
  private static final int VERSION_1_2 = 0xFEFD;

  private DtlsRecord() {}

  /**
   * Returns the length of the record at {@code offset}, header included, or -1 when there is no
   * whole record of DTLS 1.0 or 1.2 before {@code end}.
   */
  static int length(byte[] buffer, int offset, int end) {
    if (end - offset < HEADER_LENGTH
        || BigEndian.uint8(buffer, offset + VERSION_OFFSET) != VERSION_MAJOR) {
      return -1;
    }
    int length = HEADER_LENGTH + BigEndian.uint16(buffer, offset + LENGTH_OFFSET);
    return length <= end - offset ? length : -1;
  }

  static int type(byte[] buffer, int offset) {
    return BigEndian.uint8(buffer, offset + TYPE_OFFSET);
  }

  /** Returns whether the version is that of DTLS 1.2, the one that is negotiated. */
  static boolean isVersion12(byte[] buffer, int offset) {
    return BigEndian.uint16(buffer, offset + VERSION_OFFSET) == VERSION_1_2;
  }

  static int epoch(byte[] buffer, int offset) {
    return BigEndian.uint16(buffer, offset + EPOCH_OFFSET);
  }

  static void sequence(byte[] buffer, int offset, long sequence) {
    BigEndian.uint48(buffer, offset + SEQUENCE_OFFSET, sequence);
  }

  static long sequence(byte[] buffer, int offset) {
    return BigEndian.uint48(buffer, offset + SEQUENCE_OFFSET);
  }

  /** Makes a record of epoch 0, its fragment yet to be filled in. */
  static byte[] plaintext(int type, long sequence, int fragmentLength) {
    byte[] record = new byte[HEADER_LENGTH + fragmentLength];
    writeHeader(record, type, 0, sequence);
    return record;
  }

  /** Writes the header of the record that fills this array. */
  static void writeHeader(byte[] record, int type, int epoch, long sequence) {
    record[TYPE_OFFSET] = (byte) type;
    BigEndian.uint16(record, VERSION_OFFSET, VERSION_1_2);
    BigEndian.uint16(record, EPOCH_OFFSET, epoch);
    sequence(record, 0, sequence);
    BigEndian.uint16(record, LENGTH_OFFSET, record.length - HEADER_LENGTH);
  }
}
