package dev.sluice.benchmarks;

import dev.sluice.srtp.SrtpProfile;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The ciphers of an SRTP profile called straight, as the floor of encryption: no key derivation, no
 * index, no replay window, and nothing allocated that JCA does not ask for.
 */
public abstract sealed class RawCipher {
  final Cipher cipher;
  final SecretKeySpec key;

  RawCipher(String transformation, int keyLength, Provider provider)
      throws GeneralSecurityException {
    cipher = cipher(transformation, provider);
    key = new SecretKeySpec(new byte[keyLength], "AES");
  }

  /** the JDK's where the provider has it not: counter mode, of Corretto */
  private static Cipher cipher(String transformation, Provider provider)
      throws GeneralSecurityException {
    try {
      return provider == null
          ? Cipher.getInstance(transformation)
          : Cipher.getInstance(transformation, provider);
    } catch (NoSuchAlgorithmException e) {
      return Cipher.getInstance(transformation);
    }
  }

  /**
   * Makes the ciphers of a profile.
   *
   * @param profile the profile
   * @param provider JCA provider, or null for the JDK's choice
   */
  public static RawCipher of(SrtpProfile profile, Provider provider) {
    try {
      return switch (profile) {
        case AEAD_AES_128_GCM -> new Gcm(16, provider);
        case AEAD_AES_256_GCM -> new Gcm(32, provider);
        case AES_CM_128_HMAC_SHA1_80 -> new CounterMode(10, provider);
        case AES_CM_128_HMAC_SHA1_32 -> new CounterMode(4, provider);
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Encrypts and authenticates.
   *
   * @param index differs from the one before
   * @return bytes of the whole packet
   */
  public abstract int protect(
      long index, byte[] packet, int offset, int headerLength, byte[] payload, int payloadLength)
      throws GeneralSecurityException;

  /**
   * Authenticates and decrypts in place.
   *
   * @return whether it is authentic
   */
  public abstract boolean unprotect(
      long index, byte[] packet, int offset, int headerLength, int length)
      throws GeneralSecurityException;

  private static final class Gcm extends RawCipher {
    private static final int TAG = 16;
    private final Parameters parameters = new Parameters();
    private final Parameters opening = new Parameters();

    Gcm(int keyLength, Provider provider) throws GeneralSecurityException {
      super("AES/GCM/NoPadding", keyLength, provider);
    }

    @Override
    public int protect(
        long index, byte[] packet, int offset, int headerLength, byte[] payload, int payloadLength)
        throws GeneralSecurityException {
      cipher.init(Cipher.ENCRYPT_MODE, key, parameters.of(index));
      cipher.updateAAD(packet, offset, headerLength);
      cipher.doFinal(payload, 0, payloadLength, packet, offset + headerLength);
      return headerLength + payloadLength + TAG;
    }

    @Override
    public boolean unprotect(long index, byte[] packet, int offset, int headerLength, int length)
        throws GeneralSecurityException {
      cipher.init(Cipher.DECRYPT_MODE, key, opening.of(index));
      cipher.updateAAD(packet, offset, headerLength);
      int at = offset + headerLength;
      return cipher.doFinal(packet, at, length - headerLength, packet, at) > 0;
    }

    /** two nonces that take turns, since a cipher keeps the one it had last */
    private static final class Parameters extends GCMParameterSpec {
      private final ByteBuffer[] nonces = {ByteBuffer.allocate(12), ByteBuffer.allocate(12)};
      private int turn;

      Parameters() {
        super(8 * TAG, new byte[12]);
      }

      Parameters of(long index) {
        turn ^= 1;
        nonces[turn].putLong(4, index);
        return this;
      }

      @Override
      public byte[] getIV() {
        return nonces[turn].array();
      }
    }
  }

  private static final class CounterMode extends RawCipher {
    private static final int ROLL_OVER_COUNTER = 4;
    private final Counter counter = new Counter();
    private final byte[] digest = new byte[20];
    private final Mac mac;
    private final int tag;

    CounterMode(int tag, Provider provider) throws GeneralSecurityException {
      super("AES/CTR/NoPadding", 16, provider);
      this.tag = tag;
      mac = provider == null ? Mac.getInstance("HmacSHA1") : Mac.getInstance("HmacSHA1", provider);
      mac.init(new SecretKeySpec(new byte[20], "HmacSHA1"));
    }

    @Override
    public int protect(
        long index, byte[] packet, int offset, int headerLength, byte[] payload, int payloadLength)
        throws GeneralSecurityException {
      cipher.init(Cipher.ENCRYPT_MODE, key, counter.of(index));
      cipher.doFinal(payload, 0, payloadLength, packet, offset + headerLength);
      int length = headerLength + payloadLength;
      mac.update(packet, offset, length + ROLL_OVER_COUNTER);
      mac.doFinal(digest, 0);
      System.arraycopy(digest, 0, packet, offset + length, tag);
      return length + tag;
    }

    @Override
    public boolean unprotect(long index, byte[] packet, int offset, int headerLength, int length)
        throws GeneralSecurityException {
      int signed = length - tag;
      int tagAt = offset + signed;
      int first = packet[tagAt];
      packet[tagAt] = 0;
      packet[tagAt + 1] = 0;
      packet[tagAt + 2] = 0;
      packet[tagAt + 3] = 0;
      mac.update(packet, offset, signed + ROLL_OVER_COUNTER);
      mac.doFinal(digest, 0);
      cipher.init(Cipher.DECRYPT_MODE, key, counter.of(index));
      int at = offset + headerLength;
      cipher.doFinal(packet, at, signed - headerLength, packet, at);
      return digest[0] == first;
    }

    private static final class Counter extends IvParameterSpec {
      private final ByteBuffer block = ByteBuffer.allocate(16);

      Counter() {
        super(new byte[16]);
      }

      Counter of(long index) {
        block.putLong(8, index << 16);
        return this;
      }

      @Override
      public byte[] getIV() {
        return block.array();
      }
    }
  }
}
