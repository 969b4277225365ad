package dev.sluice.srtp.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateType;
import org.bouncycastle.tls.ExtensionType;
import org.bouncycastle.tls.MaxFragmentLength;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates of clients by what their keys cost. */
class PeerKeysTest {
  private static final X500Name NAME = new X500Name("CN=client");
  private static final Provider ALL_CURVES = new BouncyCastleProvider();

  private static KeyPair keys(String algorithm, AlgorithmParameterSpec parameters)
      throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, ALL_CURVES);
    generator.initialize(parameters, TestClient.random(5));
    return generator.generateKeyPair();
  }

  static KeyPair rsa(int bits) throws Exception {
    return keys("RSA", new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4));
  }

  private static byte[] certificate(SubjectPublicKeyInfo key, PrivateKey signer) throws Exception {
    String algorithm = signer.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    Date date = Date.from(Fixture.TODAY);
    return new X509v3CertificateBuilder(NAME, BigInteger.ONE, date, date, NAME, key)
        .build(new JcaContentSignerBuilder(algorithm).setProvider(ALL_CURVES).build(signer))
        .getEncoded();
  }

  static byte[] certificate(PublicKey key, PrivateKey signer) throws Exception {
    return certificate(SubjectPublicKeyInfo.getInstance(key.getEncoded()), signer);
  }

  private static TestTlsClient.Offer offer(KeyPair keys) throws Exception {
    TestTlsClient.Offer offer = Fixture.offer();
    offer.privateKey = keys.getPrivate();
    offer.certificate = certificate(keys.getPublic(), keys.getPrivate());
    return offer;
  }

  private static Exchange connect(TestTlsClient.Offer offer) {
    return connect(Fixture.server(), offer);
  }

  private static Exchange connect(DtlsServer server, TestTlsClient.Offer offer) {
    List<Fingerprint> fingerprints = List.of(Fingerprint.of("sha-256", offer.certificate));
    return Fixture.exchange(server, offer, fingerprints, 1).connect();
  }

  @ParameterizedTest
  @ValueSource(ints = {2048, 4096})
  void shouldAcceptAnRsaCertificate(int bits) throws Exception {
    DtlsHandshakeTest.assertConnected(connect(offer(rsa(bits))));
  }

  @ParameterizedTest
  @CsvSource({
    "secp224r1, true",
    "secp256r1, true",
    "secp384r1, true",
    "secp521r1, false",
    "secp192r1, false"
  })
  void shouldAcceptCurvesOfPeers(String curve, boolean acceptable) throws Exception {
    KeyPair keys = keys("EC", new ECGenParameterSpec(curve));

    assertThat(isAcceptable(certificate(keys.getPublic(), keys.getPrivate())))
        .isEqualTo(acceptable);
    if (acceptable) {
      DtlsHandshakeTest.assertConnected(connect(offer(keys)));
    }
  }

  @Test
  void shouldAcceptACurveThatTheNamedProviderLacks() throws Exception {
    TestTlsClient.Offer offer = offer(keys("EC", new ECGenParameterSpec("secp224r1")));
    DtlsServer server = NamedCurvesTest.server(Security.getProvider("SunEC"));

    DtlsHandshakeTest.assertConnected(connect(server, offer));
  }

  @Test
  void shouldRefuseAnRsaKeyThatIsTooShort() throws Exception {
    DtlsHandshakeTest.assertRefused(
        connect(offer(rsa(1024))),
        DtlsFailure.Reason.CERTIFICATE,
        AlertDescription.bad_certificate);
  }

  @Test
  void shouldRefuseAnRsaKeyThatIsCostly() throws Exception {
    BigInteger f4 = RSAKeyGenParameterSpec.F4;
    assertThat(isAcceptable(4096, f4)).isTrue();
    assertThat(isAcceptable(4097, f4)).isFalse();
    assertThat(isAcceptable(16_384, f4)).isFalse();
    assertThat(isAcceptable(2048, BigInteger.ONE.shiftLeft(2047))).isFalse();
  }

  private static boolean isAcceptable(int bits, BigInteger exponent) throws Exception {
    BigInteger modulus = BigInteger.ONE.shiftLeft(bits - 1).setBit(0);
    SubjectPublicKeyInfo key =
        new SubjectPublicKeyInfo(
            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
            new RSAPublicKey(modulus, exponent));
    return isAcceptable(certificate(key, Fixture.CLIENT.privateKey()));
  }

  private static boolean isAcceptable(byte[] certificate) throws IOException {
    return PeerKeys.isAcceptable(read(certificate));
  }

  private static TlsCertificate read(byte[] certificate) throws IOException {
    return new RepeatableCrypto(Fixture.server().parameters(), true)
        .createCertificate(CertificateType.X509, certificate);
  }

  @Test
  void shouldKeepTheBytesThatAFingerprintIsOf() throws Exception {
    byte[] certificate = Fixture.CLIENT.certificate();

    assertThat(read(certificate).getEncoded()).isEqualTo(certificate);
  }

  @Test
  void shouldRefuseWhatIsNoCertificate() {
    for (byte[] garbage : new byte[][] {{}, {0x30, 0x03, 1, 1, 1}, {1, 2, 3}}) {
      assertThatIOException().isThrownBy(() -> read(garbage));
    }
  }

  @Test
  void shouldRefuseAKeyThatCannotBeRead() throws Exception {
    AlgorithmIdentifier rsa =
        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);

    assertThat(PeerKeys.isAcceptable(new BcTlsCertificate(null, withKey(rsa)))).isFalse();
  }

  private static Certificate withKey(AlgorithmIdentifier algorithm) throws Exception {
    SubjectPublicKeyInfo key = new SubjectPublicKeyInfo(algorithm, new byte[] {1, 2, 3});
    return Certificate.getInstance(certificate(key, Fixture.CLIENT.privateKey()));
  }

  @Test
  void shouldNotBeMisledByARequestForShortFragments() throws Exception {
    TestTlsClient.Offer offer = offer(rsa(2048));
    offer.extensions.put(ExtensionType.max_fragment_length, new byte[] {MaxFragmentLength.pow2_9});
    assertThat(offer.certificate.length).isGreaterThan(512);

    DtlsHandshakeTest.assertConnected(connect(offer));
  }
}
