package dev.sluice.srtp.dtls;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;

/**
 * Which keys a peer's certificate may have: those of browsers (RFC 8827, section 6.5; RSA of usual
 * sizes) and P-224, which GnuTLS takes for medium security and ffmpeg with it. Checking their
 * signatures costs little.
 */
final class PeerKeys {
  private static final int MIN_RSA_BITS = 2048;
  private static final int MAX_RSA_BITS = 4096;
  private static final int MAX_EXPONENT_BITS = 32;

  private PeerKeys() {}

  /** Returns whether a certificate's key is one of these; false as well if it cannot be read. */
  static boolean isAcceptable(TlsCertificate certificate) {
    try {
      SubjectPublicKeyInfo key = keyOf(certificate);
      return isRsa(key) ? isAcceptableRsa(key) : isAcceptableCurve(key);
    } catch (Exception e) {
      return false;
    }
  }

  private static SubjectPublicKeyInfo keyOf(TlsCertificate certificate) throws Exception {
    return certificate instanceof BcTlsCertificate parsed
        ? parsed.getSubjectPublicKeyInfo()
        : Certificate.getInstance(certificate.getEncoded()).getSubjectPublicKeyInfo();
  }

  static boolean isRsa(SubjectPublicKeyInfo key) {
    return key.getAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption);
  }

  private static boolean isAcceptableRsa(SubjectPublicKeyInfo key) throws Exception {
    RSAPublicKey rsa = RSAPublicKey.getInstance(key.parsePublicKey());
    int bits = rsa.getModulus().bitLength();
    return bits >= MIN_RSA_BITS
        && bits <= MAX_RSA_BITS
        && rsa.getPublicExponent().bitLength() <= MAX_EXPONENT_BITS;
  }

  private static boolean isAcceptableCurve(SubjectPublicKeyInfo key) {
    return isOfBrowsers(key) || isOf(key, SECObjectIdentifiers.secp224r1);
  }

  /** Returns whether it is a key of a curve that any provider of curves has. */
  static boolean isOfBrowsers(SubjectPublicKeyInfo key) {
    return isOf(key, SECObjectIdentifiers.secp256r1) || isOf(key, SECObjectIdentifiers.secp384r1);
  }

  private static boolean isOf(SubjectPublicKeyInfo key, ASN1ObjectIdentifier curve) {
    return key.getAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
        && curve.equals(key.getAlgorithm().getParameters());
  }
}
