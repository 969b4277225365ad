package dev.sluice.srtp.dtls;

import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;

/** View of a record of epoch 0 that holds an alert (RFC 5246, section 7.2). */
final class Alert {
  static final int LEVEL_OFFSET = DtlsRecord.HEADER_LENGTH;
  static final int DESCRIPTION_OFFSET = LEVEL_OFFSET + 1;
  static final int LENGTH = 2;
  static final int RECORD_LENGTH = DtlsRecord.HEADER_LENGTH + LENGTH;

  private Alert() {}

  static boolean isFatal(byte[] buffer, int offset) {
    return BigEndian.uint8(buffer, offset + LEVEL_OFFSET) == AlertLevel.fatal;
  }

  static boolean isCloseNotify(byte[] buffer, int offset) {
    return BigEndian.uint8(buffer, offset + DESCRIPTION_OFFSET) == AlertDescription.close_notify;
  }

  static String name(byte[] buffer, int offset) {
    return AlertDescription.getText((short) BigEndian.uint8(buffer, offset + DESCRIPTION_OFFSET));
  }

  /** Makes a record of epoch 0 with a close_notify. */
  static byte[] closeNotify() {
    byte[] record = DtlsRecord.plaintext(DtlsRecord.ALERT, 0, LENGTH);
    record[LEVEL_OFFSET] = (byte) AlertLevel.warning;
    record[DESCRIPTION_OFFSET] = (byte) AlertDescription.close_notify;
    return record;
  }
}
