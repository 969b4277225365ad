package dev.sluice.ice;

import static dev.sluice.ice.Addresses.A;
import static dev.sluice.ice.Addresses.B;
import static dev.sluice.ice.Addresses.C;
import static dev.sluice.ice.AgentFixture.CONNECT_TIMEOUT;
import static dev.sluice.ice.AgentFixture.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a session when a connection is closed; the selected pair is A's. */
class IceLiteAgentLostPathTest {
  private final AgentFixture fixture = new AgentFixture();
  private final IceLiteAgent<InetSocketAddress> agent = fixture.agent;

  @BeforeEach
  void connect() {
    fixture.handle(Check.nominating(), A);
    agent.requireProof(fixture.now, A);
    fixture.listener.take();
  }

  @Test
  void shouldSelectNothingAndForgetThePath() {
    agent.lost(fixture.now, A);

    assertThat(agent.selected()).isNull();
    assertThat(agent.knows(A)).isFalse();
    assertThat(fixture.listener.take()).containsExactly("selected none", "removed " + A.getPort());
  }

  @Test
  void shouldGivePeersAsLongAsToConnectToComeBack() {
    fixture.now = 60 * SECOND;
    fixture.handle(Check.nominating(), A);
    agent.lost(fixture.now, A);

    assertThat(agent.isExpired(fixture.now + CONNECT_TIMEOUT - 1)).isFalse();
    assertThat(agent.nextTimeout()).isEqualTo(fixture.now + CONNECT_TIMEOUT);
    assertThat(agent.isExpired(fixture.now + CONNECT_TIMEOUT)).isTrue();
  }

  @Test
  void shouldSelectThePathByWhichThePeerComesBack() {
    agent.lost(fixture.now, A);
    fixture.handle(Check.nominating(), B);
    fixture.answerCheck();

    assertThat(agent.selected()).isEqualTo(B);
    assertThat(agent.isExpired(fixture.now + CONNECT_TIMEOUT)).isFalse();
  }

  @Test
  void shouldTurnToAnotherPairAtOnce() {
    fixture.handle(Check.plain(), B);
    agent.lost(fixture.now, A);
    assertThat(agent.dueCheck(fixture.now)).isEqualTo(B);
    fixture.answerCheck();

    assertThat(agent.selected()).isEqualTo(B);
  }

  @Test
  void shouldKeepWhatIsSelectedWhenAnotherPathIsLost() {
    fixture.handle(Check.plain(), B);
    agent.lost(fixture.now, B);
    agent.lost(fixture.now, C);

    assertThat(agent.selected()).isEqualTo(A);
    assertThat(agent.knows(B)).isFalse();
    assertThat(fixture.listener.take()).containsExactly("added 40000", "removed 40000");
  }

  @Test
  void shouldLetGoOfAnOldGenerationWhosePathIsLost() {
    IceCredentials local = new IceCredentials("2222", "2".repeat(22));
    agent.restart(fixture.now, local, new IceCredentials("3333", "3".repeat(22)));
    agent.lost(fixture.now, A);

    assertThat(fixture.listener.take())
        .containsExactly(
            "removed " + A.getPort(), "retired " + Check.LOCAL.ufrag(), "selected none");
    assertThat(agent.isExpired(fixture.now + CONNECT_TIMEOUT - 1)).isFalse();
  }
}
