package dev.sluice.srtp.dtls;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import javax.crypto.KeyAgreement;
import org.bouncycastle.jcajce.util.DefaultJcaJceHelper;
import org.bouncycastle.tls.crypto.TlsSigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsECDSASigner;
import org.jspecify.annotations.Nullable;

/** P-256 and P-384 by the JCA provider that the host names, all else by the JVM's. Immutable. */
final class NamedCurves extends JcaTlsCrypto {
  private static final String EC = "EC";
  private static final String ECDH = "ECDH";
  private static final String ECDSA = "NONEwithECDSA";

  private NamedCurves(Provider provider, SecureRandom random) {
    super(new Helper(provider), random, random);
  }

  /** Returns null where the provider has not all that a handshake needs, or there is none. */
  static @Nullable NamedCurves of(@Nullable Provider provider, SecureRandom random) {
    return provider != null
            && provider.getService("KeyPairGenerator", EC) != null
            && provider.getService("KeyFactory", EC) != null
            && provider.getService("KeyAgreement", ECDH) != null
            && provider.getService("Signature", ECDSA) != null
        ? new NamedCurves(provider, random)
        : null;
  }

  /** Returns what signs with a P-256 key. */
  TlsSigner signer(PrivateKey key) {
    try {
      KeyFactory keys = getHelper().createKeyFactory(EC);
      PrivateKey own = keys.generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
      return new JcaTlsECDSASigner(this, own);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the provider does not take a P-256 key", e);
    }
  }

  private static final class Helper extends DefaultJcaJceHelper {
    private final Provider provider;

    Helper(Provider provider) {
      this.provider = provider;
    }

    @Override
    public KeyPairGenerator createKeyPairGenerator(String algorithm)
        throws NoSuchAlgorithmException {
      return algorithm.equals(EC)
          ? KeyPairGenerator.getInstance(algorithm, provider)
          : super.createKeyPairGenerator(algorithm);
    }

    @Override
    public KeyFactory createKeyFactory(String algorithm) throws NoSuchAlgorithmException {
      return algorithm.equals(EC)
          ? KeyFactory.getInstance(algorithm, provider)
          : super.createKeyFactory(algorithm);
    }

    @Override
    public KeyAgreement createKeyAgreement(String algorithm) throws NoSuchAlgorithmException {
      return algorithm.equals(ECDH)
          ? KeyAgreement.getInstance(algorithm, provider)
          : super.createKeyAgreement(algorithm);
    }

    @Override
    public Signature createSignature(String algorithm) throws NoSuchAlgorithmException {
      return algorithm.equalsIgnoreCase(ECDSA)
          ? Signature.getInstance(ECDSA, provider)
          : super.createSignature(algorithm);
    }
  }
}
