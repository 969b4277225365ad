package dev.sluice.rtsp;

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

  /** name of the hash algorithm, in HTTP and in Java alike; empty without one */
  String algorithm() {
    return algorithm;
  }
}
