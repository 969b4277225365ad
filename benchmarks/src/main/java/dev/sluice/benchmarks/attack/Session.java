package dev.sluice.benchmarks.attack;

import dev.sluice.benchmarks.load.viewer.Answer;
import dev.sluice.benchmarks.load.viewer.CheckWriter;
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

  /** an authentic check that nominates */
  byte[] check() {
    return check(local.ufrag(), answer.credentials());
  }

  /** a check of anybody, authentic by any credentials */
  static byte[] check(String sender, IceCredentials receiver) {
    byte[] transaction = new byte[Stun.TRANSACTION_ID_LENGTH];
    ThreadLocalRandom.current().nextBytes(transaction);
    byte[] out = new byte[ROOM];
    int length =
        new CheckWriter(new StunWriter(), new StunAuthenticator())
            .write(out, transaction, sender, receiver, 1);
    return Arrays.copyOf(out, length);
  }
}
