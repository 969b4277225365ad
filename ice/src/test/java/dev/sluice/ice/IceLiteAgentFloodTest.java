package dev.sluice.ice;

import static dev.sluice.ice.AgentFixture.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** Checks with a user name that is right and a password that is not. */
class IceLiteAgentFloodTest {
  private static final int FLOOD = 100_000;
  private static final byte[] FORGED =
      Check.request(new IceCredentials(Check.LOCAL.ufrag(), "w".repeat(22)), Check.HIGH, true);

  private final AgentFixture fixture = new AgentFixture();

  @Test
  void shouldVerifyAndAnswerFewOfASecond() {
    int answers = flood();

    assertThat(answers).isLessThanOrEqualTo(15);
    assertThat(fixture.count(IceCounter.AUTH_FAILURES)).isLessThanOrEqualTo(40);
    assertThat(fixture.count(IceCounter.UNVERIFIED))
        .isEqualTo(FLOOD - fixture.count(IceCounter.AUTH_FAILURES));
  }

  @Test
  void shouldLetThePeerItKnowsRenewItsConsent() {
    fixture.handle(Check.nominating(), Addresses.A);
    flood();

    assertThat(fixture.handle(Check.plain(), Addresses.A)).isNotEmpty();
    assertThat(fixture.agent.nextTimeout()).isEqualTo(fixture.now + AgentFixture.CONSENT_TIMEOUT);
  }

  @Test
  void shouldLetAnotherPeerInMeanwhile() {
    flood();
    IceCredentials local = new IceCredentials("other", "o".repeat(22));
    IceLiteAgent<InetSocketAddress> other =
        new IceLiteAgent<>(fixture.context, local, Check.REMOTE, fixture.listener, fixture.now);
    byte[] check = Check.request(local, Check.HIGH, true);
    byte[] out = new byte[IceLiteAgent.MAX_MESSAGE_LENGTH];

    assertThat(other.handle(fixture.now, check, 0, check.length, Addresses.B, Addresses.B, out))
        .isPositive();
    assertThat(other.selected()).isEqualTo(Addresses.B);
  }

  @Test
  void shouldVerifyAgainWhenTheFloodIsOver() {
    flood();
    fixture.now += SECOND;

    assertThat(fixture.handle(Check.nominating(), Addresses.A)).isNotEmpty();
    assertThat(fixture.agent.selected()).isEqualTo(Addresses.A);
  }

  @Test
  void shouldAnswerFewErrorsOfAllSessionsTogether() {
    byte[] bare = Check.message(Stun.BINDING_REQUEST, writer -> {});
    byte[] out = new byte[IceLiteAgent.MAX_MESSAGE_LENGTH];
    int answers = 0;
    for (int i = 0; i < 1_000; i++) {
      IceLiteAgent<InetSocketAddress> agent =
          new IceLiteAgent<>(fixture.context, Check.LOCAL, Check.REMOTE, fixture.listener, 0);
      answers += agent.handle(0, bare, 0, bare.length, Addresses.A, Addresses.A, out) > 0 ? 1 : 0;
    }
    assertThat(answers).isEqualTo(200);
    assertThat(fixture.count(IceCounter.ERRORS_WITHHELD)).isEqualTo(800);
  }

  /** for a second */
  private int flood() {
    InetSocketAddress from = Addresses.socket("192.0.2.66", 1);
    byte[] out = new byte[IceLiteAgent.MAX_MESSAGE_LENGTH];
    int answers = 0;
    for (int i = 0; i < FLOOD; i++) {
      fixture.now += SECOND / FLOOD;
      int length = fixture.agent.handle(fixture.now, FORGED, 0, FORGED.length, from, from, out);
      answers += length > 0 ? 1 : 0;
    }
    return answers;
  }
}
