package dev.sluice.rtsp;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the nonces of Digest challenges and knows them again without keeping any: a nonce is the
 * time and an authentication code of that and the peer's address. Safe for any thread.
 */
final class DigestNonces {

  /** What a nonce is. */
  enum Verdict {
    /** made here for this peer, not long ago */
    FRESH,
    /** made here for this peer, too long ago */
    STALE,
    /** not made here, or not for this peer */
    FOREIGN
  }

  static final long LIFETIME_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final String ALGORITHM = "HmacSHA256";
  private static final int TIME_DIGITS = 16;

  private final SecretKeySpec key;

  DigestNonces(SecureRandom random) {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    key = new SecretKeySpec(secret, ALGORITHM);
  }

  String make(InetAddress peer, long nowNanos) {
    String time = HexFormat.of().toHexDigits(nowNanos);
    return time + code(time, peer);
  }

  Verdict judge(String nonce, InetAddress peer, long nowNanos) {
    if (nonce.length() <= TIME_DIGITS) {
      return Verdict.FOREIGN;
    }
    String time = nonce.substring(0, TIME_DIGITS);
    if (!MessageDigest.isEqual(bytes(nonce), bytes(time + code(time, peer)))) {
      return Verdict.FOREIGN;
    }
    long age = nowNanos - HexFormat.fromHexDigitsToLong(time);
    return age < LIFETIME_NANOS ? Verdict.FRESH : Verdict.STALE;
  }

  private String code(String time, InetAddress peer) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(bytes(time));
      ByteBuffer half = ByteBuffer.wrap(mac.doFinal(peer.getAddress()), 0, 16);
      return HexFormat.of().toHexDigits(half.getLong())
          + HexFormat.of().toHexDigits(half.getLong());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
