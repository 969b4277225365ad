package dev.sluice.ice;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Username fragment and password of one agent for one ICE generation (RFC 8445 section 5.3, grammar
 * of RFC 8839 section 5.4). Immutable; the password never appears in {@link #toString}.
 */
public final class IceCredentials {
  static final int MAX_LENGTH = 256;

  private static final int MIN_UFRAG_LENGTH = 4;
  private static final int MIN_PWD_LENGTH = 22;
  private static final int GENERATED_UFRAG_LENGTH = 8;
  private static final int GENERATED_PWD_LENGTH = 24;
  private static final String ICE_CHARS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private final String ufrag;
  private final String pwd;
  private final SecretKey key;

  /**
   * Credentials that were signalled or configured.
   *
   * @param ufrag 4 to 256 ice-chars
   * @param pwd 22 to 256 ice-chars
   * @throws IllegalArgumentException if one of them is not of that form
   */
  public IceCredentials(String ufrag, String pwd) {
    if (!isIceString(ufrag, MIN_UFRAG_LENGTH, MAX_LENGTH)) {
      throw new IllegalArgumentException("ufrag must be 4 to 256 ice-chars");
    }
    if (!isIceString(pwd, MIN_PWD_LENGTH, MAX_LENGTH)) {
      throw new IllegalArgumentException("pwd must be 22 to 256 ice-chars");
    }
    this.ufrag = ufrag;
    this.pwd = pwd;
    this.key = new SecretKeySpec(pwd.getBytes(StandardCharsets.US_ASCII), "HMAC");
  }

  /**
   * Fresh credentials: 48 random bits of username fragment, so that fragments of many thousand
   * sessions on one port hardly ever collide, and 144 random bits of password.
   *
   * @param random the source of the bits
   * @return new credentials
   */
  public static IceCredentials generate(SecureRandom random) {
    return new IceCredentials(
        randomString(random, GENERATED_UFRAG_LENGTH), randomString(random, GENERATED_PWD_LENGTH));
  }

  private static String randomString(SecureRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) ICE_CHARS.charAt(bytes[i] & 0x3F);
    }
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  /** Whether text has a length within the bounds and consists of ice-chars only. */
  static boolean isIceString(String text, int minLength, int maxLength) {
    if (text.length() < minLength || text.length() > maxLength) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (ICE_CHARS.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * The username fragment, {@code a=ice-ufrag} in SDP.
   *
   * @return ASCII
   */
  public String ufrag() {
    return ufrag;
  }

  /**
   * The password, {@code a=ice-pwd} in SDP. A secret: keep it out of logs.
   *
   * @return ASCII
   */
  public String pwd() {
    return pwd;
  }

  SecretKey key() {
    return key;
  }

  /** The username fragment only. */
  @Override
  public String toString() {
    return "IceCredentials[ufrag=" + ufrag + ", pwd=***]";
  }
}
