package dev.sluice.srtp.dtls;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.jcajce.util.DefaultJcaJceHelper;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsNonceGenerator;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.jspecify.annotations.Nullable;

/**
 * Cryptography of one handshake: gives the same server random to each run, and keeps the record
 * cipher, which outlives the handshake, from holding on to all the rest of it.
 */
final class RepeatableCrypto extends JcaTlsCrypto {
  private static final int RANDOM_LENGTH = 32;

  private final TlsParameters parameters;
  private final byte[] serverRandom = new byte[RANDOM_LENGTH];
  private @Nullable TlsCipher cipher;

  RepeatableCrypto(TlsParameters parameters) {
    super(new DefaultJcaJceHelper(), parameters.random, parameters.random);
    this.parameters = parameters;
    parameters.random.nextBytes(serverRandom);
  }

  /** Returns the cipher that was created last, or null when none was. */
  @Nullable TlsCipher cipher() {
    return cipher;
  }

  /** The first nonce that a server draws is the random of its ServerHello. */
  @Override
  public TlsNonceGenerator createNonceGenerator(byte[] additionalSeedMaterial) {
    return new TlsNonceGenerator() {
      private boolean first = true;

      @Override
      public byte[] generateNonce(int size) {
        if (first) {
          first = false;
          return serverRandom.clone();
        }
        return nonce(parameters.random, size);
      }
    };
  }

  @Override
  public TlsCipher createCipher(
      TlsCryptoParameters handshake, int encryptionAlgorithm, int macAlgorithm) throws IOException {
    CipherParameters own =
        new CipherParameters(handshake.getSecurityParametersHandshake(), parameters.random);
    TlsCipher created = parameters.crypto.createCipher(own, encryptionAlgorithm, macAlgorithm);
    own.security = null;
    cipher = created;
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
    @Nullable SecurityParameters security;

    CipherParameters(SecurityParameters security, SecureRandom random) {
      super(null);
      this.security = security;
      this.random = random;
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
      return true;
    }

    @Override
    public TlsNonceGenerator getNonceGenerator() {
      return size -> nonce(random, size);
    }
  }
}
