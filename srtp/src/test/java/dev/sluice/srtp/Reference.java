package dev.sluice.srtp;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * SRTP and SRTCP once more, the way the RFCs write it down: whole numbers, single AES blocks, and a
 * new array for each step.
 */
final class Reference {

  private Reference() {}

  static byte[] srtp(SrtpKeys keys, long index, byte[] header, byte[] payload)
      throws GeneralSecurityException {
    SrtpProfile profile = keys.profile();
    byte[] key = derive(keys, 0, profile.keyLength());
    byte[] salt = derive(keys, 2, profile.saltLength());
    BigInteger ssrc = number(Arrays.copyOfRange(header, 8, 12));
    if (profile.isAead()) {
      return concat(header, seal(key, gcmIv(salt, ssrc, index), header, payload));
    }
    byte[] packet = concat(header, xorKeyStream(key, cmIv(salt, ssrc, index), payload));
    byte[] roc = bytes(BigInteger.valueOf(index >>> 16), 4);
    byte[] authKey = derive(keys, 1, 20);
    int tagLength = profile == SrtpProfile.AES_CM_128_HMAC_SHA1_32 ? 4 : 10;
    return concat(packet, Arrays.copyOf(hmac(authKey, concat(packet, roc)), tagLength));
  }

  static byte[] srtcp(SrtpKeys keys, int index, byte[] compound) throws GeneralSecurityException {
    SrtpProfile profile = keys.profile();
    byte[] key = derive(keys, 3, profile.keyLength());
    byte[] salt = derive(keys, 5, profile.saltLength());
    BigInteger ssrc = number(Arrays.copyOfRange(compound, 4, 8));
    byte[] clear = Arrays.copyOf(compound, 8);
    byte[] plain = Arrays.copyOfRange(compound, 8, compound.length);
    byte[] word = bytes(BigInteger.valueOf(index).setBit(31), 4);
    if (profile.isAead()) {
      byte[] sealed = seal(key, gcmIv(salt, ssrc, index), concat(clear, word), plain);
      return concat(concat(clear, sealed), word);
    }
    byte[] packet = concat(clear, xorKeyStream(key, cmIv(salt, ssrc, index), plain));
    byte[] authenticated = concat(packet, word);
    return concat(authenticated, Arrays.copyOf(hmac(derive(keys, 4, 20), authenticated), 10));
  }

  static byte[] derive(SrtpKeys keys, int label, int length) throws GeneralSecurityException {
    return derive(keys.masterKey(), keys.masterSalt(), label, length);
  }

  /** RFC 3711, section 4.3; a salt of 96 bits gets 16 zero bits (RFC 7714, section 11). */
  static byte[] derive(byte[] masterKey, byte[] masterSalt, int label, int length)
      throws GeneralSecurityException {
    BigInteger salt = number(Arrays.copyOf(masterSalt, 14));
    BigInteger x = BigInteger.valueOf(label).shiftLeft(48).xor(salt);
    return xorKeyStream(masterKey, x.shiftLeft(16), new byte[length]);
  }

  /** RFC 3711, section 4.1.1. */
  private static BigInteger cmIv(byte[] salt, BigInteger ssrc, long index) {
    return number(salt)
        .shiftLeft(16)
        .xor(ssrc.shiftLeft(64))
        .xor(BigInteger.valueOf(index).shiftLeft(16));
  }

  /** RFC 7714, sections 8.1 and 9.1. */
  private static BigInteger gcmIv(byte[] salt, BigInteger ssrc, long index) {
    return number(salt).xor(ssrc.shiftLeft(48)).xor(BigInteger.valueOf(index));
  }

  private static byte[] xorKeyStream(byte[] key, BigInteger iv, byte[] text)
      throws GeneralSecurityException {
    Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
    aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
    byte[] result = new byte[text.length];
    byte[] block = {};
    for (int i = 0; i < text.length; i++) {
      if (i % 16 == 0) {
        block = aes.doFinal(bytes(iv.add(BigInteger.valueOf(i / 16)), 16));
      }
      result[i] = (byte) (text[i] ^ block[i % 16]);
    }
    return result;
  }

  private static byte[] seal(byte[] key, BigInteger iv, byte[] associated, byte[] plain)
      throws GeneralSecurityException {
    Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
    gcm.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(key, "AES"),
        new GCMParameterSpec(128, bytes(iv, 12)));
    gcm.updateAAD(associated);
    return gcm.doFinal(plain);
  }

  private static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(key, "HmacSHA1"));
    return mac.doFinal(text);
  }

  private static BigInteger number(byte[] bytes) {
    return new BigInteger(1, bytes);
  }

  private static byte[] bytes(BigInteger number, int length) {
    byte[] digits = number.toByteArray();
    byte[] bytes = new byte[length];
    for (int i = 0; i < Math.min(length, digits.length); i++) {
      bytes[length - 1 - i] = digits[digits.length - 1 - i];
    }
    return bytes;
  }

  private static byte[] concat(byte[] first, byte[] second) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(first);
    bytes.writeBytes(second);
    return bytes.toByteArray();
  }
}
