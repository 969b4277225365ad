package dev.sluice.srtp.dtls;

import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * A certificate that keeps the bytes it was read from: they are what a fingerprint is of, and need
 * not be encoded again for each handshake. Nobody changes them.
 */
final class EncodedCertificate extends BcTlsCertificate {
  private final byte[] encoding;

  EncodedCertificate(BcTlsCrypto crypto, Certificate parsed, byte[] encoding) {
    super(crypto, parsed);
    this.encoding = encoding;
  }

  @Override
  public byte[] getEncoded() {
    return encoding;
  }
}
