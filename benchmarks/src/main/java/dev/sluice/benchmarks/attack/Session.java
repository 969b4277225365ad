package dev.sluice.benchmarks.attack;

import dev.sluice.benchmarks.load.viewer.Answer;
import dev.sluice.benchmarks.load.viewer.Identity;
import dev.sluice.ice.IceCredentials;
import dev.sluice.ice.Stun;
import dev.sluice.ice.StunAuthenticator;
import dev.sluice.ice.StunWriter;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What a peer knows of its session.
 *
 * @param local its credentials
 * @param answer of the relay
 * @param identity its certificate
 */
record Session(IceCredentials local, Answer answer, Identity identity) {
  private static final int ROOM = 256;
  private static final long PRIORITY = 0x6E0001FFL;

  /** an authentic check that nominates */
  byte[] check() {
    return check(answer.credentials().ufrag(), local.ufrag(), answer.credentials());
  }

  /** a check with any user name, authentic by any credentials */
  static byte[] check(String receiver, String sender, IceCredentials credentials) {
    byte[] transaction = new byte[Stun.TRANSACTION_ID_LENGTH];
    ThreadLocalRandom.current().nextBytes(transaction);
    byte[] out = new byte[ROOM];
    int length =
        new StunWriter()
            .begin(out, 0, Stun.BINDING_REQUEST, transaction, 0)
            .username(receiver, sender)
            .priority(PRIORITY)
            .controlling(1)
            .useCandidate()
            .integrity(new StunAuthenticator(), credentials)
            .fingerprint()
            .length();
    return Arrays.copyOf(out, length);
  }
}
