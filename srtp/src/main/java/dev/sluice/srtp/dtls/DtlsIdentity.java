package dev.sluice.srtp.dtls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * The certificate with which this side proves who it is, and its private key. One identity serves
 * all sessions of an engine; peers know it by its fingerprint, from the SDP. Immutable.
 */
public final class DtlsIdentity {
  private static final Duration CLOCK_SKEW = Duration.ofDays(1);
  private static final Duration VALIDITY = Duration.ofDays(365);
  private static final int NAME_LENGTH = 8;
  private static final int SERIAL_BITS = 127;

  private static final AlgorithmIdentifier ECDSA =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

  private final PrivateKey privateKey;
  private final byte[] certificate;

  private DtlsIdentity(PrivateKey privateKey, byte[] certificate) {
    this.privateKey = privateKey;
    this.certificate = certificate;
  }

  /**
   * Generates a P-256 key and a self-signed ECDSA certificate (RFC 8827, section 6.5), valid from
   * the day before {@code now} for a year. Name and serial number are random, so that they reveal
   * nothing of the host.
   *
   * @param random source of the key, the name and the serial number
   * @param now the present time
   * @return a new identity
   * @throws IllegalStateException when the JVM has no provider for ECDSA on P-256
   */
  public static DtlsIdentity generate(SecureRandom random, Instant now) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair keys = generator.generateKeyPair();
      return new DtlsIdentity(keys.getPrivate(), selfSign(keys, random, now));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("cannot generate a P-256 certificate", e);
    }
  }

  /** RFC 5280, section 4.1 */
  private static byte[] selfSign(KeyPair keys, SecureRandom random, Instant now)
      throws GeneralSecurityException, IOException {
    byte[] name = new byte[NAME_LENGTH];
    random.nextBytes(name);
    X500Name subject = new X500Name("CN=" + HexFormat.of().formatHex(name));
    V3TBSCertificateGenerator toBeSigned = new V3TBSCertificateGenerator();
    toBeSigned.setSerialNumber(
        new ASN1Integer(new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1)));
    toBeSigned.setSignature(ECDSA);
    toBeSigned.setIssuer(subject);
    toBeSigned.setStartDate(new Time(Date.from(now.minus(CLOCK_SKEW))));
    toBeSigned.setEndDate(new Time(Date.from(now.plus(VALIDITY))));
    toBeSigned.setSubject(subject);
    toBeSigned.setSubjectPublicKeyInfo(
        SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
    return sign(toBeSigned.generateTBSCertificate(), keys.getPrivate(), random);
  }

  private static byte[] sign(TBSCertificate toBeSigned, PrivateKey key, SecureRandom random)
      throws GeneralSecurityException, IOException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key, random);
    signature.update(toBeSigned.getEncoded(ASN1Encoding.DER));
    DERBitString value = new DERBitString(signature.sign());
    return new DERSequence(new ASN1Encodable[] {toBeSigned, ECDSA, value})
        .getEncoded(ASN1Encoding.DER);
  }

  /**
   * Returns the fingerprint of the certificate, for the SDP.
   *
   * @param algorithm {@code sha-256}, {@code sha-384} or {@code sha-512}, in any case
   * @return the fingerprint
   * @throws IllegalArgumentException when the algorithm is another
   */
  public Fingerprint fingerprint(String algorithm) {
    return Fingerprint.of(algorithm, certificate);
  }

  /**
   * Returns the certificate.
   *
   * @return a copy of its DER encoding
   */
  public byte[] certificate() {
    return certificate.clone();
  }

  PrivateKey privateKey() {
    return privateKey;
  }

  /**
   * Returns the fingerprint.
   *
   * @return the fingerprint by sha-256
   */
  @Override
  public String toString() {
    return fingerprint("sha-256").toString();
  }
}
