package dev.sluice.srtp.dtls;

import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsDecodeResult;
import org.bouncycastle.tls.crypto.TlsEncodeResult;
import org.jspecify.annotations.Nullable;

/**
 * What a handshake leaves behind: the keys of epoch 1, under which from now on nothing goes but
 * alerts, and Finished if it has to be sent again. There is no replay window, because no record
 * does anything the second time that it has not done the first time.
 */
final class Association {
  private static final long EPOCH_1 = 1L << 48;

  private final TlsCipher cipher;

  /** Finished had number 0. */
  private long sequence = 1;

  Association(TlsCipher cipher) {
    this.cipher = cipher;
  }

  /** Returns whether this record of epoch 1 is an authentic alert that ends the association. */
  boolean isEndedBy(byte[] buffer, int offset, int length) {
    TlsDecodeResult alert = open(buffer, offset, length);
    return alert != null
        && alert.len == Alert.LENGTH
        && (alert.buf[alert.off] == AlertLevel.fatal
            || alert.buf[alert.off + 1] == AlertDescription.close_notify);
  }

  /** Returns whether this record of epoch 1 is authentic. */
  boolean isAuthentic(byte[] buffer, int offset, int length) {
    return open(buffer, offset, length) != null;
  }

  private @Nullable TlsDecodeResult open(byte[] buffer, int offset, int length) {
    if (!DtlsRecord.isVersion12(buffer, offset)) {
      return null;
    }
    int from = offset + DtlsRecord.HEADER_LENGTH;
    byte[] fragment = Arrays.copyOfRange(buffer, from, offset + length); // decrypted in place
    try {
      return cipher.decodeCiphertext(
          EPOCH_1 | DtlsRecord.sequence(buffer, offset),
          (short) DtlsRecord.type(buffer, offset),
          ProtocolVersion.DTLSv12,
          fragment,
          0,
          fragment.length);
    } catch (IOException | RuntimeException e) {
      return null; // RFC 6347, section 4.1.2.7: invalid records are discarded.
    }
  }

  /** Returns a close_notify alert as a record. */
  byte[] closeNotify() {
    byte[] alert = {AlertLevel.warning, AlertDescription.close_notify};
    try {
      TlsEncodeResult sealed =
          cipher.encodePlaintext(
              EPOCH_1 | sequence,
              ContentType.alert,
              ProtocolVersion.DTLSv12,
              DtlsRecord.HEADER_LENGTH,
              alert,
              0,
              alert.length);
      byte[] record = Arrays.copyOfRange(sealed.buf, sealed.off, sealed.off + sealed.len);
      DtlsRecord.writeHeader(record, DtlsRecord.ALERT, 1, sequence++);
      return record;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
