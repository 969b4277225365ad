package dev.sluice.benchmarks.load.viewer;

import dev.sluice.ice.IceCredentials;
import dev.sluice.ice.Stun;
import dev.sluice.ice.StunAuthenticator;
import dev.sluice.ice.StunWriter;

/** Writes the checks of a controlling ICE agent, which nominate (RFC 8445, section 7.2). */
public final class CheckWriter {
  private static final long PRIORITY = 0x6E0001FFL;

  private final StunWriter writer;
  private final StunAuthenticator authenticator;

  /**
   * Makes a writer.
   *
   * @param writer of messages
   * @param authenticator makes them authentic
   */
  public CheckWriter(StunWriter writer, StunAuthenticator authenticator) {
    this.writer = writer;
    this.authenticator = authenticator;
  }

  /**
   * Writes a check.
   *
   * @param out receives it, from its beginning
   * @param transactionId of {@link Stun#TRANSACTION_ID_LENGTH} bytes
   * @param sender user-name fragment of who checks
   * @param receiver credentials of who is checked
   * @param tieBreaker of the sender
   * @return its length
   */
  public int write(
      byte[] out, byte[] transactionId, String sender, IceCredentials receiver, long tieBreaker) {
    return writer
        .begin(out, 0, Stun.BINDING_REQUEST, transactionId, 0)
        .username(receiver.ufrag(), sender)
        .priority(PRIORITY)
        .controlling(tieBreaker)
        .useCandidate()
        .integrity(authenticator, receiver)
        .fingerprint()
        .length();
  }
}
