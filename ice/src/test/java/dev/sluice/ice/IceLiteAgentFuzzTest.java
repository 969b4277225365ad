package dev.sluice.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class IceLiteAgentFuzzTest {
  private static final int ROUNDS = 100_000;

  /** The credentials under attack differ from those that the fuzz was made from. */
  private static final IceCredentials LOCAL =
      new IceCredentials("evtj", "notwhatthefuzzissignedwith");

  private final IceContext context = AgentFixture.context();
  private final RecordingListener listener = new RecordingListener();
  private final IceLiteAgent<InetSocketAddress> agent =
      new IceLiteAgent<>(context, LOCAL, Check.REMOTE, listener, 0);
  private final byte[] out = new byte[IceLiteAgent.MAX_MESSAGE_LENGTH];
  private final StunFuzz fuzz = new StunFuzz(8445);

  @Test
  void shouldLeaveTheAgentAsItIsWhateverComesUnauthenticated() {
    byte[] check = Check.request(LOCAL, Check.HIGH, true);
    agent.handle(1, check, 0, check.length, Addresses.A, Addresses.A, out);
    assertThat(agent.selected()).isEqualTo(Addresses.A);
    listener.take();

    int answers = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] datagram = fuzz.next();
      InetSocketAddress remote =
          i % 2 == 0 ? Addresses.A : Addresses.socket("203.0.113.1", 1 + fuzz.nextInt(65_535));
      int length = agent.handle(2 + i, datagram, 0, datagram.length, remote, remote, out);
      if (length > 0) {
        answers++;
        assertThat(errorCode(length)).isIn(400, 401);
        assertThat(agent.knows(remote)).isEqualTo(remote == Addresses.A);
      }
    }
    long refused =
        context.counters().get(IceCounter.BAD_REQUESTS)
            + context.counters().get(IceCounter.AUTH_FAILURES);
    assertThat(refused).isGreaterThan(ROUNDS / 100);
    assertThat(answers + context.counters().get(IceCounter.ERRORS_WITHHELD)).isEqualTo(refused);
    assertThat(agent.selected()).isEqualTo(Addresses.A);
    assertThat(agent.nextTimeout()).isEqualTo(1 + AgentFixture.CONSENT_TIMEOUT);
    assertThat(listener.take()).isEmpty();
    assertThat(context.counters().get(IceCounter.PAIRS_LEARNED)).isEqualTo(1);
    assertThat(countOfDatagrams()).isEqualTo(ROUNDS + 1L);
  }

  @Test
  void shouldRefuseEveryDamagedCopyOfAValidCheck() {
    byte[] check = Check.request(LOCAL, Check.HIGH, true);
    int fingerprint = check.length - 8;
    for (int bit = 0; bit < 8 * fingerprint; bit++) {
      byte[] damaged = check.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      byte[] unprinted = Arrays.copyOf(damaged, fingerprint);
      BigEndian.putShort(unprinted, 2, BigEndian.getUnsignedShort(unprinted, 2) - 8);

      agent.handle(0, damaged, 0, damaged.length, Addresses.A, Addresses.A, out);
      agent.handle(0, unprinted, 0, unprinted.length, Addresses.A, Addresses.A, out);
      assertThat(agent.selected()).as("bit %d", bit).isNull();
      assertThat(agent.knows(Addresses.A)).as("bit %d", bit).isFalse();
    }
  }

  private int errorCode(int length) {
    StunMessage message = new StunMessage();
    assertThat(message.parse(out, 0, length)).isTrue();
    return message.errorCode();
  }

  private long countOfDatagrams() {
    return context.counters().get(IceCounter.REQUESTS)
        + context.counters().get(IceCounter.INDICATIONS)
        + context.counters().get(IceCounter.RESPONSES)
        + context.counters().get(IceCounter.UNSUPPORTED)
        + context.counters().get(IceCounter.MALFORMED);
  }
}
