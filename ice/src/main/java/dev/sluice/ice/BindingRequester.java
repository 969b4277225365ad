package dev.sluice.ice;

/** Writes checks (RFC 8445 section 7.1). */
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

  int controlled(
      IceCredentials local,
      IceCredentials remote,
      byte[] transactionId,
      long tieBreaker,
      byte[] out) {
    begin(local, remote, transactionId, out).controlled(tieBreaker);
    return finish(remote);
  }

  /**
   * Writes a check of the controlling side.
   *
   * @param nominate whether the pair is to be used (RFC 8445 section 8.1.1)
   */
  int controlling(
      IceCredentials local,
      IceCredentials remote,
      byte[] transactionId,
      long tieBreaker,
      boolean nominate,
      byte[] out) {
    begin(local, remote, transactionId, out).controlling(tieBreaker);
    if (nominate) {
      writer.useCandidate();
    }
    return finish(remote);
  }

  private StunWriter begin(
      IceCredentials local, IceCredentials remote, byte[] transactionId, byte[] out) {
    return writer
        .begin(out, 0, Stun.BINDING_REQUEST, transactionId, 0)
        .username(remote.ufrag(), local.ufrag())
        .priority(PRIORITY);
  }

  private int finish(IceCredentials remote) {
    return writer.integrity(authenticator, remote).fingerprint().length();
  }
}
