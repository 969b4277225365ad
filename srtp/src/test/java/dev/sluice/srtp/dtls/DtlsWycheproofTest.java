package dev.sluice.srtp.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.srtp.VectorFiles;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.tls.DigitallySigned;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsECDomain;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsRawKeyCertificate;
import org.junit.jupiter.api.Test;

/** Project Wycheproof's vectors for what a handshake computes, with what computes it. */
class DtlsWycheproofTest {
  private final RepeatableCrypto crypto = new RepeatableCrypto(Fixture.server().parameters(), true);

  @Test
  void shouldAgreeOnSecretsOverX25519LikeOthers() {
    List<VectorFiles.Vector> vectors = VectorFiles.wycheproof("x25519");
    assertThat(vectors).hasSizeGreaterThan(500);
    for (VectorFiles.Vector vector : vectors) {
      byte[] secret = new byte[X25519.POINT_SIZE];
      boolean agreed =
          X25519.calculateAgreement(vector.hex("private"), 0, vector.hex("public"), 0, secret, 0);

      assertThat(agreed).as(vector.toString()).isEqualTo(!vector.has("ZeroSharedSecret"));
      assertThat(secret).as(vector.toString()).isEqualTo(vector.hex("shared"));
    }
  }

  @Test
  void shouldAgreeOnSecretsOverP256LikeOthers() {
    BcTlsECDomain domain = new BcTlsECDomain(crypto, new TlsECConfig(NamedGroup.secp256r1));
    int tests = 0;
    for (VectorFiles.Vector vector : VectorFiles.wycheproof("ecdh_secp256r1")) {
      byte[] point = pointOnP256(vector.hex("public"));
      if (point != null && !vector.result().equals("acceptable")) {
        tests++;
        assertThat(agree(domain, vector.hex("private"), point))
            .as(vector.toString())
            .isEqualTo(vector.result().equals("valid") ? vector.test().get("shared") : "refused");
      }
    }
    assertThat(tests).isGreaterThan(330);
  }

  /** Returns the encoded point of a key that names the curve, or null. */
  private static byte[] pointOnP256(byte[] encoded) {
    try {
      SubjectPublicKeyInfo key = SubjectPublicKeyInfo.getInstance(encoded);
      return SECObjectIdentifiers.secp256r1.equals(key.getAlgorithm().getParameters())
          ? key.getPublicKeyData().getBytes()
          : null;
    } catch (RuntimeException e) {
      return null;
    }
  }

  private String agree(BcTlsECDomain domain, byte[] privateKey, byte[] point) {
    try {
      ECPrivateKeyParameters own =
          new ECPrivateKeyParameters(
              new BigInteger(1, privateKey),
              BcTlsECDomain.getDomainParameters(NamedGroup.secp256r1));
      byte[] secret = domain.calculateECDHAgreement(own, domain.decodePublicKey(point)).extract();
      return HexFormat.of().formatHex(secret);
    } catch (IOException e) {
      return "refused";
    }
  }

  @Test
  void shouldVerifySignaturesLikeOthers() throws IOException, GeneralSecurityException {
    List<VectorFiles.Vector> vectors = VectorFiles.wycheproof("ecdsa_secp256r1_sha256");
    assertThat(vectors).hasSizeGreaterThan(480);
    for (VectorFiles.Vector vector : vectors) {
      byte[] key = HexFormat.of().parseHex((String) vector.group().get("publicKeyDer"));
      DigitallySigned signature =
          new DigitallySigned(
              SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa),
              vector.hex("sig"));
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(vector.hex("msg"));

      boolean verified =
          new BcTlsRawKeyCertificate(crypto, key)
              .createVerifier(SignatureAlgorithm.ecdsa)
              .verifyRawSignature(signature, hash);

      assertThat(verified).as(vector.toString()).isEqualTo(vector.result().equals("valid"));
    }
  }
}
