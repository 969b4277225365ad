package dev.sluice.ice;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Builds Binding requests as a peer of the agent under test sends them. */
final class Check {
  /** The agent's credentials and the transaction of RFC 5769, so that answers can be computed. */
  static final IceCredentials LOCAL = Rfc5769VectorsTest.CREDENTIALS;

  static final byte[] TRANSACTION_ID = HexFormat.of().parseHex("b7e7a701bc34d686fa87dfae");
  static final String REMOTE_UFRAG = "h6vY";
  static final IceCredentials REMOTE = new IceCredentials(REMOTE_UFRAG, "theremotepasswordoftests");
  static final long HIGH = 0x6E7F00FFL;
  static final long LOW = 0x6E0000FFL;

  private static final StunAuthenticator AUTHENTICATOR = new StunAuthenticator();

  private Check() {}

  /** A message of any type with whatever the body writes. */
  static byte[] message(int type, Consumer<StunWriter> body) {
    byte[] buffer = new byte[1500];
    StunWriter writer = new StunWriter().begin(buffer, 0, type, TRANSACTION_ID, 0);
    body.accept(writer);
    return Arrays.copyOf(buffer, writer.length());
  }

  /** A check of a controlling peer, authenticated by the agent's credentials. */
  static byte[] request(IceCredentials local, long priority, boolean nominate) {
    return request(
        local,
        writer -> {
          writer.priority(priority).controlling(1);
          if (nominate) {
            writer.useCandidate();
          }
        });
  }

  /** An authenticated request with USERNAME and whatever the body writes. */
  static byte[] request(IceCredentials local, Consumer<StunWriter> body) {
    return message(
        Stun.BINDING_REQUEST,
        writer -> {
          body.accept(writer.username(local.ufrag(), REMOTE_UFRAG));
          writer.integrity(AUTHENTICATOR, local).fingerprint();
        });
  }

  /** The success response of a peer with these credentials. */
  static byte[] answer(byte[] request, IceCredentials credentials) {
    StunMessage message = FullAgentFixture.parse(request);
    byte[] out = new byte[BindingResponder.MAX_RESPONSE_LENGTH];
    int length =
        new BindingResponder(AUTHENTICATOR).success(message, Addresses.SERVER, credentials, out);
    return Arrays.copyOf(out, length);
  }

  /** The error response of a peer with these credentials, or one that is not authenticated. */
  static byte[] refusal(byte[] request, StunError error, @Nullable IceCredentials credentials) {
    byte[] out = new byte[BindingResponder.MAX_RESPONSE_LENGTH];
    int length =
        new BindingResponder(AUTHENTICATOR)
            .error(FullAgentFixture.parse(request), error, credentials, out);
    return Arrays.copyOf(out, length);
  }

  /** A check of a controlled peer. */
  static byte[] controlled(long priority) {
    return request(LOCAL, writer -> writer.priority(priority).controlled(1));
  }

  /** A check of a controlling peer with that tie breaker. */
  static byte[] conflicting(long tieBreaker) {
    return request(LOCAL, writer -> writer.priority(HIGH).controlling(tieBreaker));
  }

  static byte[] plain() {
    return request(LOCAL, HIGH, false);
  }

  static byte[] nominating() {
    return request(LOCAL, HIGH, true);
  }

  static StunAuthenticator authenticator() {
    return AUTHENTICATOR;
  }
}
