package dev.sluice.ice;

import static dev.sluice.ice.Addresses.A;
import static dev.sluice.ice.Addresses.B;
import static dev.sluice.ice.Addresses.C;
import static dev.sluice.ice.AgentFixture.CONNECT_TIMEOUT;
import static dev.sluice.ice.AgentFixture.CONSENT_TIMEOUT;
import static dev.sluice.ice.AgentFixture.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the agent lets itself be led once it requires proof; the selected pair is A's. */
class IceLiteAgentProofTest {
  private static final long PATIENCE = 6 * SECOND;
  private static final IceCredentials NEW_LOCAL = new IceCredentials("2222", "2".repeat(22));
  private static final IceCredentials NEW_REMOTE = new IceCredentials("3333", "3".repeat(22));

  private final AgentFixture fixture = new AgentFixture();
  private final IceLiteAgent<InetSocketAddress> agent = fixture.agent;

  @BeforeEach
  void connect() {
    check(A, true);
    agent.requireProof(fixture.now, A);
    fixture.listener.take();
  }

  @Test
  void shouldNotCheckAnAddressThatIsProvedAlready() {
    assertThat(agent.selected()).isEqualTo(A);
    assertThat(agent.dueCheck(fixture.now)).isNull();
    assertThat(fixture.dueCheck()).isEmpty();
  }

  @Test
  void shouldCheckANominatedPairAsRfc8445Section71Says() {
    check(B, true);
    assertThat(agent.dueCheck(fixture.now)).isEqualTo(B);
    byte[] request = fixture.dueCheck();
    StunMessage message = new StunMessage();

    assertThat(message.parse(request, 0, request.length)).isTrue();
    assertThat(message.messageType()).isEqualTo(Stun.BINDING_REQUEST);
    assertThat(message.username()).isEqualTo("h6vY:evtj");
    assertThat(message.isControlled()).isTrue();
    assertThat(message.useCandidate()).isFalse();
    assertThat(message.priority()).isEqualTo(0x6EFFFFFFL);
    assertThat(message.hasFingerprint()).isTrue();
    assertThat(Check.authenticator().verify(message, Check.REMOTE)).isTrue();
  }

  @Test
  void shouldFollowANominationWhenTheAddressHasAnswered() {
    check(B, true);
    assertThat(agent.selected()).isEqualTo(A);
    fixture.answerCheck();

    assertThat(agent.selected()).isEqualTo(B);
    assertThat(fixture.listener.take()).containsExactly("added 40000", "selected 40000");
    assertThat(agent.dueCheck(fixture.now)).isNull();
    assertThat(fixture.count(IceCounter.CHECKS_ANSWERED)).isEqualTo(1);
  }

  @Test
  void shouldSendFourChecksToAnAddressThatDoesNotAnswerAndStay() {
    check(B, true);
    List<Long> sent = new ArrayList<>();
    while (fixture.now < 60 * SECOND) {
      keepConsent();
      if (agent.dueCheck(fixture.now) != null) {
        assertThat(agent.dueCheck(fixture.now)).isEqualTo(B);
        assertThat(fixture.dueCheck()).isNotEmpty();
        sent.add(fixture.now);
      }
    }
    assertThat(sent).containsExactly(0L, SECOND / 2, SECOND, 3 * SECOND / 2);
    assertThat(agent.selected()).isEqualTo(A);
    assertThat(fixture.count(IceCounter.SELECTIONS)).isEqualTo(1);
  }

  /** lets time go to the next timeout, and A's consent be renewed in the meantime */
  private void keepConsent() {
    fixture.now = Math.min(agent.nextTimeout(), fixture.now + 5 * SECOND);
    check(A, false);
    agent.handleTimeout(fixture.now);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldTryAgainWithTheNextCheck(boolean nominating) {
    nominateUnanswered();
    check(B, nominating);
    fixture.answerCheck();

    assertThat(agent.selected()).isEqualTo(B);
  }

  @Test
  void shouldForgetANominationThatAnotherOneFollowed() {
    nominateUnanswered();
    check(A, true);
    check(B, false);

    assertThat(agent.dueCheck(fixture.now)).isNull();
  }

  private void nominateUnanswered() {
    check(B, true);
    for (int i = 0; i < PathCheck.TRANSMISSIONS; i++) {
      fixture.dueCheck();
      keepConsent();
    }
    assertThat(agent.dueCheck(fixture.now)).isNull();
  }

  @Test
  void shouldTakeNoOtherResponseForProof() {
    check(B, true);
    byte[] request = fixture.dueCheck();
    byte[] other = request.clone();
    other[Stun.HEADER_LENGTH - 1]++;
    byte[] unprinted = Check.message(Stun.BINDING_SUCCESS, writer -> {});
    byte[] error = Check.answer(request, Check.REMOTE);
    BigEndian.putShort(error, 0, Stun.BINDING_ERROR);

    fixture.handle(Check.answer(request, Check.REMOTE), A);
    fixture.handle(Check.answer(request, Check.LOCAL), B);
    fixture.handle(unprinted, B);
    fixture.handle(error, B);
    fixture.handle(request, B);
    assertThat(agent.selected()).isEqualTo(A);

    fixture.handle(Check.answer(request, Check.REMOTE), B);
    assertThat(agent.selected()).isEqualTo(B);
    fixture.handle(Check.answer(request, Check.REMOTE), B);
    assertThat(fixture.count(IceCounter.CHECKS_ANSWERED)).isEqualTo(1);
  }

  @Test
  void shouldUseAnotherTransactionForEachCheck() {
    check(B, true);
    byte[] first = fixture.dueCheck();
    check(C, true);
    fixture.handle(Check.answer(first, Check.REMOTE), C);
    assertThat(agent.selected()).isEqualTo(A);

    fixture.answerCheck();
    assertThat(agent.selected()).isEqualTo(C);
  }

  @Test
  void shouldFollowANatThatGivesAPeerWhichNominatesOnceAnotherPort() {
    fixture.now = 5 * SECOND;
    check(B, false);
    assertThat(agent.dueCheck(fixture.now)).isNull();
    assertThat(agent.nextTimeout()).isEqualTo(PATIENCE);

    fixture.now = PATIENCE;
    agent.handleTimeout(fixture.now);
    fixture.answerCheck();
    assertThat(agent.selected()).isEqualTo(B);
  }

  @Test
  void shouldTryAnotherPairWhenTheNewestDoesNotAnswer() {
    InetSocketAddress forged = C;
    for (int second = 1; second < 20; second++) {
      fixture.now = second * SECOND;
      check(B, false);
      check(forged, false);
      agent.handleTimeout(fixture.now);
      while (agent.dueCheck(fixture.now) != null) {
        if (agent.dueCheck(fixture.now).equals(forged)) {
          fixture.dueCheck();
        } else {
          fixture.answerCheck();
        }
      }
    }
    assertThat(agent.selected()).isEqualTo(B);
  }

  @Test
  void shouldSendNothingToAnUnprovedPairWhenConsentEnds() {
    fixture.now = CONSENT_TIMEOUT - 1;
    check(B, false);
    fixture.listener.take();
    fixture.now = CONSENT_TIMEOUT;
    agent.handleTimeout(fixture.now);

    assertThat(agent.selected()).isNull();
    assertThat(fixture.listener.take()).containsExactly("selected none");
    assertThat(agent.isExpired(fixture.now)).isFalse();
    fixture.answerCheck();
    assertThat(agent.selected()).isEqualTo(B);
    assertThat(fixture.listener.take()).containsExactly("selected 40000");
  }

  @Test
  void shouldGiveAnUnprovedPairTheConnectTimeoutAndNoMore() {
    fixture.now = CONSENT_TIMEOUT - 1;
    check(B, false);
    long end = CONSENT_TIMEOUT + CONNECT_TIMEOUT;
    for (fixture.now = CONSENT_TIMEOUT; fixture.now < end; fixture.now += SECOND / 10) {
      agent.handleTimeout(fixture.now);
      check(B, false);
      fixture.dueCheck();
      assertThat(agent.isExpired(fixture.now)).isFalse();
      assertThat(agent.nextTimeout()).isGreaterThan(fixture.now);
    }
    agent.handleTimeout(end);
    assertThat(agent.isExpired(end)).isTrue();
  }

  @Test
  void shouldSelectNothingUntilAnAddressIsProvedWhenNoneWas() {
    AgentFixture unproved = new AgentFixture();
    unproved.handle(Check.nominating(), B);
    unproved.agent.requireProof(0, null);
    assertThat(unproved.agent.selected()).isNull();

    unproved.answerCheck();
    assertThat(unproved.agent.selected()).isEqualTo(B);
    assertThat(unproved.listener.take())
        .containsExactly("added 40000", "selected 40000", "selected none", "selected 40000");
  }

  @Test
  void shouldCheckTheNominatedPairWhenAnotherOneIsProved() {
    AgentFixture other = new AgentFixture();
    other.handle(Check.plain(), A);
    other.handle(Check.nominating(), B);
    other.agent.requireProof(0, A);
    assertThat(other.agent.selected()).isEqualTo(A);

    other.answerCheck();
    assertThat(other.agent.selected()).isEqualTo(B);
  }

  @Test
  void shouldProveAnAddressOnRequestWithoutSelectingIt() {
    AgentFixture unselected = new AgentFixture();
    unselected.handle(Check.plain(), B);
    unselected.agent.seekProof(0, A);
    assertThat(unselected.agent.dueCheck(0)).isNull();

    unselected.agent.seekProof(0, B);
    assertThat(unselected.agent.isProved(B)).isFalse();
    unselected.answerCheck();
    assertThat(unselected.agent.isProved(B)).isTrue();
    assertThat(unselected.agent.selected()).isNull();
    unselected.agent.seekProof(0, B);
    assertThat(unselected.agent.dueCheck(0)).isNull();
  }

  @Test
  void shouldAskAnAddressThatDoesNotAnswerForItsProofOnce() {
    AgentFixture unselected = new AgentFixture();
    int sent = 0;
    for (; unselected.now < 5 * SECOND; unselected.now += SECOND / 10) {
      unselected.handle(Check.plain(), B);
      unselected.agent.handleTimeout(unselected.now);
      unselected.agent.seekProof(unselected.now, B);
      sent += unselected.dueCheck().length > 0 ? 1 : 0;
    }
    assertThat(sent).isEqualTo(PathCheck.TRANSMISSIONS);
    assertThat(unselected.agent.isProved(B)).isFalse();
  }

  @Test
  void shouldTakeTheProofOfAnAddressOverToANewGeneration() {
    agent.restart(fixture.now, NEW_LOCAL, NEW_REMOTE);
    fixture.handle(Check.request(NEW_LOCAL, Check.HIGH, true), A);

    assertThat(agent.dueCheck(fixture.now)).isNull();
    assertThat(fixture.listener.take()).containsExactly("retired evtj");
  }

  @Test
  void shouldCheckAnotherAddressOfANewGenerationWithItsCredentials() {
    agent.restart(fixture.now, NEW_LOCAL, NEW_REMOTE);
    fixture.handle(Check.request(NEW_LOCAL, Check.HIGH, true), B);
    byte[] request = fixture.dueCheck();
    fixture.handle(Check.answer(request, Check.REMOTE), B);
    assertThat(agent.selected()).isEqualTo(A);

    fixture.handle(Check.answer(request, NEW_REMOTE), B);
    assertThat(agent.selected()).isEqualTo(B);
    assertThat(fixture.listener.take())
        .containsExactly("added 40000", "removed 32853", "retired evtj", "selected 40000");
  }

  private void check(InetSocketAddress remote, boolean nominate) {
    assertThat(fixture.handle(Check.request(Check.LOCAL, Check.HIGH, nominate), remote))
        .isNotEmpty();
  }
}
