package dev.sluice.srtp;

import dev.sluice.rtp.BigEndian;
import java.security.GeneralSecurityException;
import java.security.Provider;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** AEAD_AES_128_GCM and AEAD_AES_256_GCM (RFC 7714). */
final class GcmTransform implements SrtpTransform {

  private static final int TAG_LENGTH = 16;

  private final Cipher cipher;
  private final SecretKeySpec key;
  private final Nonce nonce;
  private final int wordLength;
  private int lastSsrc;
  private long lastIndex = -1;

  GcmTransform(SessionKeys keys, int wordLength, @Nullable Provider provider) {
    this.cipher = Jca.cipher("AES/GCM/NoPadding", provider);
    this.key = new SecretKeySpec(keys.encryptionKey, "AES");
    this.nonce = new Nonce(keys.salt);
    this.wordLength = wordLength;
  }

  @Override
  public int overhead() {
    return TAG_LENGTH + wordLength;
  }

  @Override
  public int wordDistance() {
    return wordLength;
  }

  @Override
  public int protect(
      int ssrc,
      long index,
      int word,
      byte[] packet,
      int offset,
      int clearLength,
      byte[] plain,
      int plainOffset,
      int plainLength) {
    int cipherOffset = offset + clearLength;
    int wordOffset = cipherOffset + plainLength + TAG_LENGTH;
    if (wordLength != 0) {
      BigEndian.putInt(packet, wordOffset, word);
    }
    try {
      initEncryption(ssrc, index);
      cipher.updateAAD(packet, offset, clearLength);
      cipher.updateAAD(packet, wordOffset, wordLength);
      cipher.doFinal(plain, plainOffset, plainLength, packet, cipherOffset);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the cipher refused a packet", e);
    }
    return wordOffset + wordLength - offset;
  }

  @Override
  public boolean unprotect(
      int ssrc, long index, int word, byte[] packet, int offset, int length, int clearLength) {
    int cipherOffset = offset + clearLength;
    int wordOffset = offset + length - wordLength;
    try {
      cipher.init(Cipher.DECRYPT_MODE, key, nonce.of(ssrc, index));
      cipher.updateAAD(packet, offset, clearLength);
      cipher.updateAAD(packet, wordOffset, wordLength);
      cipher.doFinal(packet, cipherOffset, wordOffset - cipherOffset, packet, cipherOffset);
      return true;
    } catch (BadPaddingException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the cipher refused a packet", e);
    }
  }

  /**
   * JCA ciphers refuse the nonce they had last, but a retransmission of the newest packet needs
   * just that one. Another nonce in between, with which nothing is encrypted, makes them forget.
   */
  private void initEncryption(int ssrc, long index) throws GeneralSecurityException {
    if (index == lastIndex && ssrc == lastSsrc) {
      cipher.init(Cipher.ENCRYPT_MODE, key, nonce.of(ssrc, ~index));
    }
    lastSsrc = ssrc;
    lastIndex = index;
    cipher.init(Cipher.ENCRYPT_MODE, key, nonce.of(ssrc, index));
  }

  /**
   * The nonce, handed to the cipher without a copy. Two arrays take turns since ciphers keep the
   * one they had last, to compare.
   *
   * <pre>
   *   0  0  0  0  0  0  0  0  0  0  1  1
   *   0  1  2  3  4  5  6  7  8  9  0  1
   * +--+--+--+--+--+--+--+--+--+--+--+--+
   * |00|00|    SSRC   |      index      |
   * +--+--+--+--+--+--+--+--+--+--+--+--+  XOR salt
   * </pre>
   */
  private static final class Nonce extends GCMParameterSpec {

    private static final int LENGTH = 12;

    private final int saltHigh;
    private final long saltLow;
    private byte[] current = new byte[LENGTH];
    private byte[] last = new byte[LENGTH];

    Nonce(byte[] salt) {
      super(8 * TAG_LENGTH, salt);
      this.saltHigh = BigEndian.getInt(salt, 0);
      this.saltLow = BigEndian.getLong(salt, 4);
    }

    Nonce of(int ssrc, long index) {
      byte[] next = last;
      last = current;
      current = next;
      BigEndian.putInt(next, 0, saltHigh ^ ssrc >>> 16);
      BigEndian.putLong(next, 4, saltLow ^ (long) ssrc << 48 ^ index);
      return this;
    }

    @Override
    public byte[] getIV() {
      return current;
    }
  }
}
