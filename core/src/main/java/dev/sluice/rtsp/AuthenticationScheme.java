package dev.sluice.rtsp;

import dev.sluice.check.Check;
import java.util.EnumSet;
import java.util.Set;

/** How a publisher may prove who it is. */
public enum AuthenticationScheme {
  /** Digest with SHA-256 (RFC 7616): the password is not sent */
  DIGEST_SHA_256("SHA-256"),
  /** Digest with MD5 (RFC 7616), which is what most encoders know: the password is not sent */
  DIGEST_MD5("MD5"),
  /** Basic (RFC 7617): the password is sent in clear text */
  BASIC("");

  private final String algorithm;

  AuthenticationScheme(String algorithm) {
    this.algorithm = algorithm;
  }

  static Set<AuthenticationScheme> checked(AuthenticationScheme... schemes) {
    Check.present("authentication", schemes, "at least one scheme");
    Set<AuthenticationScheme> all = EnumSet.noneOf(AuthenticationScheme.class);
    for (AuthenticationScheme scheme : schemes) {
      all.add(Check.present("authentication", scheme, "at least one scheme"));
    }
    Check.option(!all.isEmpty(), "authentication", "empty", "at least one scheme");
    return all;
  }

  /** name of the hash algorithm, in HTTP and in Java alike; empty without one */
  String algorithm() {
    return algorithm;
  }
}
