package dev.sluice.ice;

import static dev.sluice.ice.BigEndian.putShort;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * The short-term credential mechanism of RFC 8489 section 9.1: computes and verifies
 * MESSAGE-INTEGRITY (HMAC-SHA1) and MESSAGE-INTEGRITY-SHA256.
 *
 * <p>The HMAC objects come from the first JCA provider that has them, are created once and are
 * shared by all agents of an event loop. Not thread-safe.
 */
public final class StunAuthenticator {
  static final int SHA1_LENGTH = 20;
  static final int SHA256_LENGTH = 32;

  private final Hmac sha1 = new Hmac("HmacSHA1", SHA1_LENGTH);
  private @Nullable Hmac sha256;

  /** Creates an authenticator with its own HMAC objects. */
  public StunAuthenticator() {}

  /**
   * Verifies the integrity of a message in constant time. Of the two attributes
   * MESSAGE-INTEGRITY-SHA256 decides where it is present (section 9.1.3); a truncated one does not
   * suffice, since ICE does not permit it.
   *
   * @param message which was parsed with success
   * @param credentials whose password is the key: those of the agent that received the request
   * @return false if integrity is absent or wrong
   */
  public boolean verify(StunMessage message, IceCredentials credentials) {
    byte[] buffer = message.buffer();
    if (message.integritySha256() != 0) {
      return message.integritySha256Length() == SHA256_LENGTH
          && sha256().verify(credentials, buffer, message.start(), message.integritySha256());
    }
    return message.integritySha1() != 0
        && sha1.verify(credentials, buffer, message.start(), message.integritySha1());
  }

  /** Writes the HMAC-SHA1 of the message that begins at start to value. */
  void sign(IceCredentials credentials, byte[] buffer, int start, int value) {
    sha1.sign(credentials, buffer, start, value);
  }

  /** Writes the HMAC-SHA256 of the message that begins at start to value. */
  void signSha256(IceCredentials credentials, byte[] buffer, int start, int value) {
    sha256().sign(credentials, buffer, start, value);
  }

  private Hmac sha256() {
    Hmac hmac = sha256;
    if (hmac == null) {
      hmac = new Hmac("HmacSHA256", SHA256_LENGTH);
      sha256 = hmac;
    }
    return hmac;
  }

  private static final class Hmac {
    private final Mac mac;
    private final byte[] expected;
    private final byte[] received;
    private final byte[] length = new byte[2];

    Hmac(String algorithm, int digestLength) {
      try {
        mac = Mac.getInstance(algorithm);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("no JCA provider has " + algorithm, e);
      }
      expected = new byte[digestLength];
      received = new byte[digestLength];
    }

    boolean verify(IceCredentials credentials, byte[] buffer, int start, int value) {
      compute(credentials, buffer, start, value, expected, 0);
      System.arraycopy(buffer, value, received, 0, received.length);
      return MessageDigest.isEqual(expected, received);
    }

    void sign(IceCredentials credentials, byte[] buffer, int start, int value) {
      compute(credentials, buffer, start, value, buffer, value);
    }

    /**
     * The digest covers the message up to the attribute's header, with a message length that counts
     * the attribute but nothing behind it (sections 14.5 and 14.6).
     */
    private void compute(
        IceCredentials credentials,
        byte[] buffer,
        int start,
        int value,
        byte[] destination,
        int destinationOffset) {
      putShort(length, 0, value + expected.length - start - Stun.HEADER_LENGTH);
      int attribute = value - Stun.ATTRIBUTE_HEADER_LENGTH;
      int cookie = start + Stun.COOKIE_OFFSET;
      try {
        mac.init(credentials.key());
        mac.update(buffer, start, Stun.LENGTH_OFFSET);
        mac.update(length);
        mac.update(buffer, cookie, attribute - cookie);
        mac.doFinal(destination, destinationOffset);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
