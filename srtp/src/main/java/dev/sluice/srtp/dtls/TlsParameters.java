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
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsECDSASigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;
import org.jspecify.annotations.Nullable;

/** What all handshakes of a server have in common, in Bouncy Castle's types. Immutable. */
final class TlsParameters {
  private static final int[] CIPHER_SUITES = {
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
  };

  private static final int[] GROUPS = {
    NamedGroup.x25519, NamedGroup.secp256r1, NamedGroup.secp384r1,
  };

  private static final int[] GROUPS_OF_NAMED_CURVES = {
    NamedGroup.secp256r1, NamedGroup.x25519, NamedGroup.secp384r1,
  };

  /** no RSASSA-PSS: Bouncy Castle asks JCA for it by a name that the JDK does not know */
  private static final List<SignatureAndHashAlgorithm> CLIENT_SIGNATURES =
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
    cipherSuites =
        TlsUtils.getSupportedCipherSuites(crypto, CIPHER_SUITES, 0, CIPHER_SUITES.length);
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

  /** Returns the cipher suites that the JVM's providers have, in order of preference. */
  int[] cipherSuites() {
    return cipherSuites.clone();
  }

  /** Returns the groups in order of preference, which is that of their cost. */
  int[] groups() {
    return (namedCurves == null ? GROUPS : GROUPS_OF_NAMED_CURVES).clone();
  }

  /** Returns what signs for a handshake. */
  TlsSigner signer(BcTlsCrypto handshake) {
    return namedSigner == null ? new BcTlsECDSASigner(handshake, privateKey) : namedSigner;
  }

  /** Returns the ways in which the client may sign. */
  Vector<SignatureAndHashAlgorithm> clientSignatures() {
    return new Vector<>(CLIENT_SIGNATURES);
  }
}
