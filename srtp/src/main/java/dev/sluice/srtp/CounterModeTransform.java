package dev.sluice.srtp;

import dev.sluice.rtp.BigEndian;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * AES in counter mode with HMAC-SHA1 (RFC 3711, sections 4.1.1 and 4.2.1). A provider that is named
 * has to have the MAC, which is most of the cost; some native ones have no counter mode, and then
 * that is the JDK's.
 */
final class CounterModeTransform implements SrtpTransform {

  private static final int WORD_LENGTH = 4;
  private static final String MAC_ALGORITHM = "HmacSHA1";

  private final Cipher cipher;
  private final SecretKeySpec key;
  private final CounterBlock counter;
  private final Mac mac;
  private final byte[] digest;
  private final byte[] wordBytes = new byte[WORD_LENGTH];
  private final int tagLength;
  private final int overhead;

  CounterModeTransform(
      SessionKeys keys, int tagLength, int wordLength, @Nullable Provider provider) {
    this.cipher = Jca.cipherFromEither("AES/CTR/NoPadding", provider);
    this.key = new SecretKeySpec(keys.encryptionKey, "AES");
    this.counter = new CounterBlock(keys.salt);
    this.mac = Jca.mac(MAC_ALGORITHM, provider);
    try {
      mac.init(new SecretKeySpec(keys.authKey, MAC_ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the MAC refused its key", e);
    }
    this.digest = new byte[mac.getMacLength()];
    this.tagLength = tagLength;
    this.overhead = tagLength + wordLength;
  }

  @Override
  public int overhead() {
    return overhead;
  }

  @Override
  public int wordDistance() {
    return overhead;
  }

  /** The tag follows the word where that is transmitted, and takes its place where it is not. */
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
    int length = clearLength + plainLength;
    crypt(ssrc, index, plain, plainOffset, plainLength, packet, offset + clearLength);
    BigEndian.putInt(packet, offset + length, word);
    mac.update(packet, offset, length + WORD_LENGTH);
    finishDigest();
    System.arraycopy(digest, 0, packet, offset + length + overhead - tagLength, tagLength);
    return length + overhead;
  }

  @Override
  public boolean unprotect(
      int ssrc, long index, int word, byte[] packet, int offset, int length, int clearLength) {
    int authenticatedLength = length - overhead;
    BigEndian.putInt(wordBytes, 0, word);
    mac.update(packet, offset, authenticatedLength);
    mac.update(wordBytes, 0, WORD_LENGTH);
    finishDigest();
    if (!isDigest(packet, offset + length - tagLength)) {
      return false;
    }
    int cipherOffset = offset + clearLength;
    int cipherLength = authenticatedLength - clearLength;
    crypt(ssrc, index, packet, cipherOffset, cipherLength, packet, cipherOffset);
    return true;
  }

  private void crypt(
      int ssrc, long index, byte[] in, int inOffset, int length, byte[] out, int outOffset) {
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, counter.of(ssrc, index));
      cipher.doFinal(in, inOffset, length, out, outOffset);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the cipher refused a packet", e);
    }
  }

  private void finishDigest() {
    try {
      mac.doFinal(digest, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the MAC refused a packet", e);
    }
  }

  /** Takes the same time wherever the difference is. */
  private boolean isDigest(byte[] packet, int tagOffset) {
    int difference = 0;
    for (int i = 0; i < tagLength; i++) {
      difference |= digest[i] ^ packet[tagOffset + i];
    }
    return difference == 0;
  }

  /**
   * The first counter block, handed to the cipher without a copy.
   *
   * <pre>
   *   0  0  0  0  0  0  0  0  0  0  1  1  1  1  1  1
   *   0  1  2  3  4  5  6  7  8  9  0  1  2  3  4  5
   * +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
   * |00|00|00|00|    SSRC   |      index      |block|
   * +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+  XOR salt
   * </pre>
   */
  private static final class CounterBlock extends IvParameterSpec {

    private static final int LENGTH = 16;

    private final long saltHigh;
    private final long saltLow;
    private final byte[] block;

    CounterBlock(byte[] salt) {
      super(new byte[0]);
      this.block = Arrays.copyOf(salt, LENGTH);
      this.saltHigh = BigEndian.getLong(block, 0);
      this.saltLow = BigEndian.getLong(block, 8);
    }

    CounterBlock of(int ssrc, long index) {
      BigEndian.putLong(block, 0, saltHigh ^ ssrc & 0xFFFFFFFFL);
      BigEndian.putLong(block, 8, saltLow ^ index << 16);
      return this;
    }

    @Override
    public byte[] getIV() {
      return block;
    }
  }
}
