package dev.sluice.srtp.dtls;

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
import java.util.HexFormat;

/**
 * The certificate with which this side proves who it is, and its private key. One identity serves
 * all sessions of an engine; peers know it by its fingerprint, from the SDP. Immutable.
 */
public final class DtlsIdentity {
  private static final Duration CLOCK_SKEW = Duration.ofDays(1);
  private static final Duration VALIDITY = Duration.ofDays(365);
  private static final int NAME_LENGTH = 8;
  private static final int SERIAL_BITS = 127;

  private static final BigInteger VERSION_3 = BigInteger.TWO;

  /** 2.5.4.3 */
  private static final String COMMON_NAME = "550403";

  /** 1.2.840.10045.4.3.2 (RFC 5758, section 3.2) */
  private static final byte[] ECDSA_WITH_SHA256 =
      Der.value(Der.SEQUENCE, Der.identifier("2A8648CE3D040302"));

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
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot generate a P-256 certificate", e);
    }
  }

  /** RFC 5280, section 4.1 */
  private static byte[] selfSign(KeyPair keys, SecureRandom random, Instant now)
      throws GeneralSecurityException {
    byte[] name = name(random);
    byte[] toBeSigned =
        Der.value(
            Der.SEQUENCE,
            Der.value(Der.EXPLICIT_0, Der.integer(VERSION_3)),
            Der.integer(new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1)),
            ECDSA_WITH_SHA256,
            name,
            Der.value(Der.SEQUENCE, Der.time(now.minus(CLOCK_SKEW)), Der.time(now.plus(VALIDITY))),
            name,
            keys.getPublic().getEncoded());
    return Der.value(
        Der.SEQUENCE,
        toBeSigned,
        ECDSA_WITH_SHA256,
        Der.bits(sign(toBeSigned, keys.getPrivate(), random)));
  }

  private static byte[] name(SecureRandom random) {
    byte[] name = new byte[NAME_LENGTH];
    random.nextBytes(name);
    byte[] commonName =
        Der.value(
            Der.SEQUENCE, Der.identifier(COMMON_NAME), Der.text(HexFormat.of().formatHex(name)));
    return Der.value(Der.SEQUENCE, Der.value(Der.SET, commonName));
  }

  private static byte[] sign(byte[] toBeSigned, PrivateKey key, SecureRandom random)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key, random);
    signature.update(toBeSigned);
    return signature.sign();
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
