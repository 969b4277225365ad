package dev.sluice.srtp.dtls;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.bouncycastle.tls.crypto.TlsECDomain;
import org.bouncycastle.tls.crypto.TlsHash;
import org.bouncycastle.tls.crypto.TlsNonceGenerator;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/**
 * Cryptography of one handshake: gives the same random of its hello to each run, and keeps the
 * record cipher, which outlives the handshake, from holding on to all the rest of it.
 *
 * <p>Elliptic curves are Bouncy Castle's own, since they cost a fraction of what the JDK's do, or
 * those of the provider that the host names; records and RSA are left to the JVM's providers.
 */
final class RepeatableCrypto extends BcTlsCrypto {
  private static final int RANDOM_LENGTH = 32;

  private final TlsParameters parameters;
  private final boolean server;
  private byte @Nullable [] helloRandom;
  private @Nullable Association association;

  RepeatableCrypto(TlsParameters parameters, boolean server) {
    super(parameters.random);
    this.parameters = parameters;
    this.server = server;
  }

  /** Returns what the keys made last protect, or null when there were none. */
  @Nullable Association association() {
    return association;
  }

  @Override
  public TlsCertificate createCertificate(short type, byte[] encoding) throws IOException {
    Certificate parsed = BcTlsCertificate.parseCertificate(encoding);
    SubjectPublicKeyInfo key = parsed.getSubjectPublicKeyInfo();
    if (PeerKeys.isRsa(key)) {
      return parameters.crypto.createCertificate(type, encoding);
    }
    return parameters.namedCurves != null && PeerKeys.isOfBrowsers(key)
        ? parameters.namedCurves.createCertificate(type, encoding)
        : new EncodedCertificate(this, parsed, encoding);
  }

  @Override
  public TlsECDomain createECDomain(TlsECConfig config) {
    return parameters.namedCurves == null || config.getNamedGroup() == NamedGroup.x25519
        ? super.createECDomain(config)
        : parameters.namedCurves.createECDomain(config);
  }

  /** The handshake's digests, for which the JVM has instructions. */
  @Override
  public TlsHash createHash(int cryptoHashAlgorithm) {
    return parameters.crypto.createHash(cryptoHashAlgorithm);
  }

  /** The first nonce that is drawn is the random of the hello. */
  @Override
  public TlsNonceGenerator createNonceGenerator(byte[] additionalSeedMaterial) {
    return new TlsNonceGenerator() {
      private boolean first = true;

      @Override
      public byte[] generateNonce(int size) {
        if (first) {
          first = false;
          return helloRandom();
        }
        return nonce(parameters.random, size);
      }
    };
  }

  private byte[] helloRandom() {
    byte[] drawn = helloRandom;
    if (drawn == null) {
      drawn = nonce(parameters.random, RANDOM_LENGTH);
      helloRandom = drawn;
    }
    return drawn.clone();
  }

  @Override
  public TlsCipher createCipher(
      TlsCryptoParameters handshake, int encryptionAlgorithm, int macAlgorithm) throws IOException {
    CipherParameters own =
        new CipherParameters(handshake.getSecurityParametersHandshake(), parameters.random, server);
    TlsCipher created = parameters.crypto.createCipher(own, encryptionAlgorithm, macAlgorithm);
    own.security = null;
    association = new Association(created);
    return created;
  }

  private static byte[] nonce(SecureRandom random, int size) {
    byte[] nonce = new byte[size];
    random.nextBytes(nonce);
    return nonce;
  }

  /** What a cipher asks for: the handshake's secrets when it is created, these constants later. */
  private static final class CipherParameters extends TlsCryptoParameters {
    private final SecureRandom random;
    private final boolean server;
    @Nullable SecurityParameters security;

    CipherParameters(SecurityParameters security, SecureRandom random, boolean server) {
      super(null);
      this.security = security;
      this.random = random;
      this.server = server;
    }

    @Override
    public SecurityParameters getSecurityParametersHandshake() {
      SecurityParameters result = security;
      if (result == null) {
        throw new IllegalStateException("the handshake is over");
      }
      return result;
    }

    @Override
    public ProtocolVersion getServerVersion() {
      return ProtocolVersion.DTLSv12;
    }

    @Override
    public boolean isServer() {
      return server;
    }

    @Override
    public TlsNonceGenerator getNonceGenerator() {
      return size -> nonce(random, size);
    }
  }
}
