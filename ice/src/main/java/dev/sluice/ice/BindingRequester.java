package dev.sluice.ice;

/** Writes the checks of a lite agent, which is the controlled one (RFC 8445 section 7.1). */
final class BindingRequester {
  /** With two user-name fragments of any length. */
  static final int MAX_REQUEST_LENGTH = 640;

  // Of a peer-reflexive candidate with component 1 (RFC 8445 section 5.1.2.1).
  private static final long PRIORITY = (110L << 24) + (65_535L << 8) + 255;

  private final StunAuthenticator authenticator;
  private final StunWriter writer = new StunWriter();

  BindingRequester(StunAuthenticator authenticator) {
    this.authenticator = authenticator;
  }

  int request(Generation<?> generation, PathCheck check, long tieBreaker, byte[] out) {
    return writer
        .begin(out, 0, Stun.BINDING_REQUEST, check.transactionId(), 0)
        .username(generation.remote.ufrag(), generation.local.ufrag())
        .priority(PRIORITY)
        .controlled(tieBreaker)
        .integrity(authenticator, generation.remote)
        .fingerprint()
        .length();
  }
}
