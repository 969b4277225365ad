package dev.sluice.srtp;

import java.security.GeneralSecurityException;
import java.security.Provider;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/** Ciphers from the provider the host named, or from the first installed one that has them. */
final class Jca {

  private Jca() {}

  static Cipher cipher(String transformation, @Nullable Provider provider) {
    try {
      return provider == null
          ? Cipher.getInstance(transformation)
          : Cipher.getInstance(transformation, provider);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no " + transformation + " in the JCA provider", e);
    }
  }

  /** Of the provider where it has the cipher, or else of the JDK's choice. */
  static Cipher cipherFromEither(String transformation, @Nullable Provider provider) {
    try {
      return cipher(transformation, provider);
    } catch (IllegalStateException e) {
      return cipher(transformation, null);
    }
  }

  static Mac mac(String algorithm, @Nullable Provider provider) {
    try {
      return provider == null ? Mac.getInstance(algorithm) : Mac.getInstance(algorithm, provider);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no " + algorithm + " in the JCA provider", e);
    }
  }
}
