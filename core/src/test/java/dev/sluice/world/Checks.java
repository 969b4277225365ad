package dev.sluice.world;

import static dev.sluice.world.Network.MILLISECOND;
import static dev.sluice.world.Network.SECOND;

import dev.sluice.ice.IceCredentials;
import dev.sluice.ice.Stun;
import dev.sluice.ice.StunAuthenticator;
import dev.sluice.ice.StunMessage;
import dev.sluice.ice.StunWriter;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The ICE of a viewer: checks as a full agent sends them, and answers to those of the engine. */
final class Checks {
  private static final int ROOM = 256;
  private static final InetSocketAddress MAPPED = new InetSocketAddress("127.0.0.1", 8_189);

  private final Random random;
  private final IceCredentials local;
  private final IceCredentials engine;
  private final StunAuthenticator authenticator = new StunAuthenticator();
  private final StunMessage message = new StunMessage();
  private boolean answered;
  private long next;

  Checks(Random random, IceCredentials local, IceCredentials engine) {
    this.random = random;
    this.local = local;
    this.engine = engine;
  }

  boolean isAnswered() {
    return answered;
  }

  boolean isDue(long now) {
    return now >= next;
  }

  byte[] next(long now) {
    next = now + (answered ? 2 * SECOND + random.nextInt(1_000) * MILLISECOND : SECOND / 4);
    byte[] transaction = new byte[Stun.TRANSACTION_ID_LENGTH];
    random.nextBytes(transaction);
    byte[] out = new byte[ROOM];
    int length =
        new StunWriter()
            .begin(out, 0, Stun.BINDING_REQUEST, transaction, 0)
            .username(engine.ufrag(), local.ufrag())
            .priority(1)
            .controlling(1)
            .useCandidate()
            .integrity(authenticator, engine)
            .fingerprint()
            .length();
    return Arrays.copyOf(out, length);
  }

  /** returns what to answer, if anything */
  byte @Nullable [] receive(byte[] datagram) {
    if (!message.parse(datagram, 0, datagram.length)) {
      return null;
    }
    if (message.messageType() == Stun.BINDING_SUCCESS && authenticator.verify(message, engine)) {
      answered = true;
    }
    boolean request = message.messageType() == Stun.BINDING_REQUEST;
    return request && authenticator.verify(message, local) ? answer() : null;
  }

  private byte[] answer() {
    byte[] out = new byte[ROOM];
    int length =
        new StunWriter()
            .beginResponse(out, 0, Stun.BINDING_SUCCESS, message)
            .xorMappedAddress(MAPPED)
            .integrity(authenticator, local)
            .fingerprint()
            .length();
    return Arrays.copyOf(out, length);
  }
}
