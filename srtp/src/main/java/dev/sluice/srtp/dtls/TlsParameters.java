package dev.sluice.srtp.dtls;

import dev.sluice.srtp.SrtpProfile;
import java.io.IOException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DefaultTlsCredentialedSigner;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsECDSASigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;
import org.jspecify.annotations.Nullable;

/** What all handshakes have in common, in Bouncy Castle's types. Immutable. */
final class TlsParameters {
  private static final int[] CIPHER_SUITES = {
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
  };

  /**
   * All are AEADs whose nonce is the record's number: a record that is made again is the same.
   * Servers may have RSA keys.
   */
  private static final int[] CLIENT_CIPHER_SUITES = {
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
  };

  private static final int[] GROUPS = {
    NamedGroup.x25519, NamedGroup.secp256r1, NamedGroup.secp384r1,
  };

  private static final int[] GROUPS_OF_NAMED_CURVES = {
    NamedGroup.secp256r1, NamedGroup.x25519, NamedGroup.secp384r1,
  };

  /** no RSASSA-PSS: Bouncy Castle asks JCA for it by a name that the JDK does not know */
  private static final List<SignatureAndHashAlgorithm> PEER_SIGNATURES =
      List.of(
          SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa),
          SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha384, SignatureAlgorithm.ecdsa),
          SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha512, SignatureAlgorithm.ecdsa),
          SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.rsa),
          SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha384, SignatureAlgorithm.rsa),
          SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha512, SignatureAlgorithm.rsa));

  final List<SrtpProfile> profiles;
  final Certificate certificate;
  final SecureRandom random;
  final JcaTlsCrypto crypto;
  final @Nullable NamedCurves namedCurves;
  private final ECPrivateKeyParameters privateKey;
  private final @Nullable TlsSigner namedSigner;
  private final int[] cipherSuites;
  private final int[] clientCipherSuites;

  TlsParameters(
      DtlsIdentity identity,
      List<SrtpProfile> profiles,
      @Nullable Provider curves,
      SecureRandom random) {
    crypto = new JcaTlsCryptoProvider().create(random);
    namedCurves = NamedCurves.of(curves, random);
    namedSigner = namedCurves == null ? null : namedCurves.signer(identity.privateKey());
    this.profiles = profiles;
    this.random = random;
    privateKey = loadKey(identity.privateKey().getEncoded());
    certificate = loadCertificate(identity.certificate());
    cipherSuites = supported(CIPHER_SUITES);
    clientCipherSuites = supported(CLIENT_CIPHER_SUITES);
  }

  private int[] supported(int[] suites) {
    return TlsUtils.getSupportedCipherSuites(crypto, suites, 0, suites.length);
  }

  private static ECPrivateKeyParameters loadKey(byte[] key) {
    try {
      return (ECPrivateKeyParameters) PrivateKeyFactory.createKey(key);
    } catch (IOException e) {
      throw new IllegalArgumentException("private key cannot be read", e);
    }
  }

  private Certificate loadCertificate(byte[] certificate) {
    try {
      BcTlsCrypto curves = new BcTlsCrypto(random);
      return new Certificate(
          new TlsCertificate[] {
            new EncodedCertificate(
                curves, BcTlsCertificate.parseCertificate(certificate), certificate)
          });
    } catch (IOException e) {
      throw new IllegalArgumentException("certificate cannot be read", e);
    }
  }

  /** Returns a server's cipher suites that the JVM's providers have, in order of preference. */
  int[] cipherSuites() {
    return cipherSuites.clone();
  }

  /** Returns a client's cipher suites that the JVM's providers have, in order of preference. */
  int[] clientCipherSuites() {
    return clientCipherSuites.clone();
  }

  /** Returns the groups in order of preference, which is that of their cost. */
  int[] groups() {
    return (namedCurves == null ? GROUPS : GROUPS_OF_NAMED_CURVES).clone();
  }

  /** Returns what signs for a handshake. */
  TlsSigner signer(BcTlsCrypto handshake) {
    return namedSigner == null ? new BcTlsECDSASigner(handshake, privateKey) : namedSigner;
  }

  /** Returns this side's certificate, with what signs for it. */
  TlsCredentialedSigner credentials(TlsContext context, TlsSigner signer) {
    return new DefaultTlsCredentialedSigner(
        new TlsCryptoParameters(context),
        signer,
        certificate,
        SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
  }

  /** Returns the ways in which the peer may sign. */
  Vector<SignatureAndHashAlgorithm> peerSignatures() {
    return new Vector<>(PEER_SIGNATURES);
  }
}
