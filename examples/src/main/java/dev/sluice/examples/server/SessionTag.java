package dev.sluice.examples.server;

import dev.sluice.Viewer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What tells viewers apart on the dashboard. Their id does not: who knows it may end the session
 * over WHEP.
 */
final class SessionTag {
  private static final int BYTES = 6;

  private SessionTag() {}

  static String of(Viewer viewer) {
    byte[] digest = sha256().digest(viewer.id().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest, 0, BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }
}
