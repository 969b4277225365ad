package dev.sluice.ice;

import static dev.sluice.ice.Addresses.A;
import static dev.sluice.ice.Addresses.B;
import static dev.sluice.ice.AgentFixture.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class IceLiteAgentSelectionTest {
  private static final long PATIENCE = 6 * SECOND;

  private final AgentFixture fixture = new AgentFixture();
  private final IceLiteAgent<InetSocketAddress> agent = fixture.agent;

  @Test
  void shouldLearnAPairFromACheckAndSelectItWhenNominated() {
    check(A, Check.HIGH, false);
    assertThat(agent.knows(A)).isTrue();
    assertThat(agent.selected()).isNull();

    check(A, Check.HIGH, true);
    assertThat(agent.selected()).isEqualTo(A);
    assertThat(fixture.listener.take()).containsExactly("added 32853", "selected 32853");
  }

  @Test
  void shouldSelectWithTheFirstCheckOfAnAggressivePeer() {
    check(A, Check.HIGH, true);

    assertThat(agent.selected()).isEqualTo(A);
    assertThat(fixture.listener.take()).containsExactly("added 32853", "selected 32853");
  }

  @Test
  void shouldReportEachChangeOnce() {
    check(A, Check.HIGH, true);
    fixture.listener.take();
    for (int i = 0; i < 5; i++) {
      check(A, Check.HIGH, true);
      check(A, Check.HIGH, false);
    }

    assertThat(fixture.listener.take()).isEmpty();
    assertThat(fixture.count(IceCounter.SELECTIONS)).isEqualTo(1);
    assertThat(fixture.count(IceCounter.PAIRS_LEARNED)).isEqualTo(1);
  }

  @Test
  void shouldSelectAProvedPairBeforeANominationAndCountItsConsent() {
    check(A, Check.HIGH, false);
    check(B, Check.HIGH, false);
    agent.requireProof(fixture.now, A);

    assertThat(agent.selected()).isEqualTo(A);
    assertThat(fixture.listener.take())
        .containsExactly("added 32853", "added 40000", "selected 32853");
    assertThat(agent.nextTimeout()).isEqualTo(AgentFixture.CONSENT_TIMEOUT);
    check(A, Check.HIGH, true);
    assertThat(fixture.listener.take()).isEmpty();
  }

  @Test
  void shouldFollowAnyNominationAwayFromAPairThatWasNotNominated() {
    check(A, Check.HIGH, false);
    agent.requireProof(fixture.now, A);
    check(B, Check.LOW, true);
    fixture.answerCheck();

    assertThat(agent.selected()).isEqualTo(B);
  }

  @Test
  void shouldFollowTheNewestNominationOfARegularPeerToALowerPriority() {
    check(A, Check.HIGH, false);
    check(B, Check.LOW, false);
    check(A, Check.HIGH, true);
    check(B, Check.LOW, true);

    assertThat(agent.selected()).isEqualTo(B);
    check(A, Check.HIGH, true);
    assertThat(agent.selected()).isEqualTo(A);
  }

  @Test
  void shouldPreferTheHigherPriorityOfAnAggressivePeerInAnyOrder() {
    check(B, Check.LOW, true);
    assertThat(agent.selected()).isEqualTo(B);

    check(A, Check.HIGH, true);
    assertThat(agent.selected()).isEqualTo(A);

    check(B, Check.LOW, true);
    assertThat(agent.selected()).isEqualTo(A);
  }

  @Test
  void shouldComparePrioritiesAsUnsigned() {
    check(A, 0x80000000L, true);
    check(B, 0x7FFFFFFFL, true);

    assertThat(agent.selected()).isEqualTo(A);
  }

  @Test
  void shouldFollowANatThatRebindsThePeer() {
    check(A, Check.HIGH, true);
    check(B, Check.HIGH, true);

    assertThat(agent.selected()).isEqualTo(B);
  }

  @Test
  void shouldFollowAnAggressivePeerToALowerPriorityWhenTheSelectedPairIsSilent() {
    check(A, Check.HIGH, true);
    fixture.now = PATIENCE - 1;
    check(B, Check.LOW, true);
    assertThat(agent.selected()).isEqualTo(A);

    fixture.now = PATIENCE;
    check(B, Check.LOW, true);
    assertThat(agent.selected()).isEqualTo(B);
  }

  @Test
  void shouldNotFollowAPairThatIsNotNominatedBeforeTheSelectedOneHasMissedACheck() {
    check(A, Check.HIGH, true);
    fixture.now = PATIENCE - 1;
    check(B, Check.HIGH, false);
    agent.handleTimeout(fixture.now);

    assertThat(agent.selected()).isEqualTo(A);
  }

  @Test
  void shouldTurnToTheNewestPairWhenTheSelectedOneHasMissedACheck() {
    InetSocketAddress other = Addresses.socket("203.0.113.9", 7);
    check(A, Check.HIGH, true);
    assertThat(agent.nextTimeout()).isEqualTo(30 * SECOND);
    fixture.now = 3 * SECOND;
    check(other, Check.HIGH, false);
    fixture.now = 5 * SECOND;
    check(B, Check.LOW, false);
    fixture.listener.take();

    assertThat(agent.nextTimeout()).isEqualTo(PATIENCE);
    agent.handleTimeout(PATIENCE);
    assertThat(agent.selected()).isEqualTo(B);
    assertThat(fixture.listener.take()).containsExactly("selected 40000");
    assertThat(agent.nextTimeout()).isEqualTo(35 * SECOND);
    assertThat(agent.isExpired(35 * SECOND - 1)).isFalse();
    assertThat(agent.isExpired(35 * SECOND)).isTrue();
  }

  @Test
  void shouldGiveAPairMoreTimeWhenTheOtherOneHasBeenThereAllAlong() {
    check(B, Check.HIGH, false);
    check(A, Check.HIGH, true);
    fixture.now = 10 * SECOND;
    check(B, Check.HIGH, false);
    assertThat(agent.selected()).isEqualTo(A);
    assertThat(agent.nextTimeout()).isEqualTo(15 * SECOND);

    agent.handleTimeout(15 * SECOND);
    assertThat(agent.selected()).isEqualTo(B);
  }

  @Test
  void shouldComeBackToANominatedPairFromOneThatTookItsPlace() {
    check(A, Check.HIGH, true);
    fixture.now = PATIENCE;
    check(B, Check.HIGH, false);
    assertThat(agent.selected()).isEqualTo(B);

    check(A, Check.HIGH, false);
    assertThat(agent.selected()).isEqualTo(A);
  }

  @Test
  void shouldKeepABoundedNumberOfPairsAndNeverGiveUpTheSelectedOne() {
    check(A, Check.HIGH, true);
    for (int i = 0; i < 1_000; i++) {
      fixture.now++;
      check(Addresses.socket("203.0.113.9", 1_000 + i), Check.LOW, false);
    }

    assertThat(agent.selected()).isEqualTo(A);
    assertThat(agent.knows(A)).isTrue();
    long known = 0;
    for (int i = 0; i < 1_000; i++) {
      known += agent.knows(Addresses.socket("203.0.113.9", 1_000 + i)) ? 1 : 0;
    }
    assertThat(known).isEqualTo(Generation.MAX_PAIRS - 1);
    assertThat(fixture.count(IceCounter.PAIRS_EVICTED)).isEqualTo(1_001 - Generation.MAX_PAIRS);
  }

  @Test
  void shouldGiveUpThePairThatWasCheckedLongestAgo() {
    check(A, Check.HIGH, true);
    for (int port = 1; port < Generation.MAX_PAIRS; port++) {
      fixture.now++;
      check(Addresses.socket("203.0.113.9", port), Check.LOW, false);
    }
    fixture.now++;
    check(Addresses.socket("203.0.113.9", 1), Check.LOW, false);
    fixture.listener.take();

    check(B, Check.LOW, false);
    assertThat(fixture.listener.take()).containsExactly("removed 2", "added 40000");
  }

  @Test
  void shouldReportEverythingAsGoneWhenClosed() {
    check(A, Check.HIGH, true);
    check(B, Check.LOW, false);
    fixture.listener.take();
    agent.close();
    agent.close();

    assertThat(fixture.listener.take())
        .isEqualTo(List.of("removed 32853", "removed 40000", "retired evtj", "selected none"));
    assertThat(agent.selected()).isNull();
    assertThat(fixture.handle(Check.nominating(), A)).isEmpty();
    assertThat(agent.knows(A)).isFalse();
  }

  private void check(InetSocketAddress remote, long priority, boolean nominate) {
    assertThat(fixture.handle(Check.request(Check.LOCAL, priority, nominate), remote)).isNotEmpty();
  }
}
