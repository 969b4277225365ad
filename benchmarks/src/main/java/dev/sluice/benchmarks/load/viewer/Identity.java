package dev.sluice.benchmarks.load.viewer;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The one certificate of all viewers.
 *
 * @param privateKey its P-256 key
 * @param certificate DER encoded
 * @param fingerprint by sha-256, as in SDP
 */
public record Identity(PrivateKey privateKey, byte[] certificate, String fingerprint) {

  /** {@return a self-signed certificate with a new key} */
  public static Identity generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      byte[] certificate = selfSign(keys);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate);
      String fingerprint = HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
      return new Identity(keys.getPrivate(), certificate, fingerprint);
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] selfSign(KeyPair keys) throws OperatorCreationException, IOException {
    X500Name name = new X500Name("CN=viewer");
    Instant now = Instant.now();
    return new X509v3CertificateBuilder(
            name,
            BigInteger.ONE,
            Date.from(now.minus(Duration.ofDays(1))),
            Date.from(now.plus(Duration.ofDays(1))),
            name,
            SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()))
        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
        .getEncoded();
  }
}
