package dev.sluice.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Session keys, derived from the master keys once since the key derivation rate is always zero (RFC
 * 3711, section 4.3; RFC 7714, section 11).
 */
final class SessionKeys {

  private static final int RTP_LABELS = 0;
  private static final int RTCP_LABELS = 3;
  private static final int AUTH_KEY = 1;
  private static final int SALT = 2;

  private static final int AES_BLOCK_LENGTH = 16;
  private static final int LABEL_OFFSET = 7;

  final byte[] encryptionKey;
  final byte[] authKey;
  final byte[] salt;

  SessionKeys(byte[] encryptionKey, byte[] authKey, byte[] salt) {
    this.encryptionKey = encryptionKey;
    this.authKey = authKey;
    this.salt = salt;
  }

  static SessionKeys forRtp(SrtpKeys keys) {
    return derive(keys, RTP_LABELS);
  }

  static SessionKeys forRtcp(SrtpKeys keys) {
    return derive(keys, RTCP_LABELS);
  }

  /** with the JDK's choice of provider: some that are named for GCM have no counter mode */
  private static SessionKeys derive(SrtpKeys keys, int labels) {
    SrtpProfile profile = keys.profile();
    Cipher cipher = Jca.cipher("AES/CTR/NoPadding", null);
    try {
      return new SessionKeys(
          keyStream(cipher, keys, labels, profile.keyLength()),
          keyStream(cipher, keys, labels + AUTH_KEY, profile.authKeyLength()),
          keyStream(cipher, keys, labels + SALT, profile.saltLength()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("key derivation failed", e);
    }
  }

  /** The AES-CM PRF of RFC 3711, section 4.3.3. A salt of 96 bits is padded with zeros. */
  private static byte[] keyStream(Cipher cipher, SrtpKeys keys, int label, int length)
      throws GeneralSecurityException {
    byte[] iv = Arrays.copyOf(keys.masterSalt(), AES_BLOCK_LENGTH);
    iv[LABEL_OFFSET] ^= (byte) label;
    cipher.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(keys.masterKey(), "AES"), new IvParameterSpec(iv));
    return cipher.doFinal(new byte[length]);
  }
}
