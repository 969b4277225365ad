package dev.sluice.ice;

import static dev.sluice.ice.Addresses.A;
import static dev.sluice.ice.Addresses.B;
import static dev.sluice.ice.Addresses.C;
import static dev.sluice.ice.AgentFixture.SECOND;
import static dev.sluice.ice.FullAgentFixture.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IceFullAgentTest {

  @Test
  void shouldSendChecksOfTheControllingSide() {
    FullAgentFixture fixture = new FullAgentFixture(A);
    byte[] check = fixture.takeCheck(A);
    StunMessage message = FullAgentFixture.parse(check);
    assertThat(message.messageType()).isEqualTo(Stun.BINDING_REQUEST);
    assertThat(message.username()).isEqualTo("h6vY:evtj");
    assertThat(message.isControlling()).isTrue();
    assertThat(message.isControlled()).isFalse();
    assertThat(message.useCandidate()).isFalse();
    assertThat(message.priority() >>> 24).as("peer-reflexive").isEqualTo(110);
    assertThat(message.hasFingerprint()).isTrue();
    assertThat(Check.authenticator().verify(message, Check.REMOTE)).isTrue();
  }

  @Test
  void shouldBeginOneCheckIn50MillisecondsTheBestFirst() {
    FullAgentFixture fixture = new FullAgentFixture(A, B, C);
    List<Long> times = new ArrayList<>();
    for (InetSocketAddress next : List.of(A, B, C)) {
      assertThat(fixture.advance(120 * MILLI)).isTrue();
      fixture.takeCheck(next);
      times.add(fixture.now / MILLI);
      assertThat(fixture.agent.dueCheck(fixture.now)).isNull();
    }
    assertThat(times).containsExactly(0L, 50L, 100L);
  }

  /** RFC 8489 section 6.2.1, with an RTO of 500 ms. */
  @Test
  void shouldRepeatACheckThatNobodyAnswers() {
    FullAgentFixture fixture = new FullAgentFixture(A);
    List<Long> times = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    while (times.size() < CheckTransaction.TRANSMISSIONS) {
      fixture.advance(FullAgentFixture.CONNECT_TIMEOUT);
      times.add(fixture.now / MILLI);
      ids.add(id(fixture.takeCheck(A)));
    }
    assertThat(times).containsExactly(0L, 500L, 1_500L, 3_500L, 7_500L, 15_500L, 31_500L);
    assertThat(ids.stream().distinct()).hasSize(1);

    fixture.advance(FullAgentFixture.CONNECT_TIMEOUT);
    assertThat(fixture.now).isEqualTo(39_500 * MILLI);
    assertThat(fixture.agent.dueCheck(fixture.now)).isNull();
    fixture.handle(Check.controlled(Check.HIGH), A);
    assertThat(id(fixture.takeCheck(A))).as("another transaction").isNotIn(ids);
  }

  @Test
  void shouldGiveUpWhereNothingAnswersInTime() {
    FullAgentFixture fixture = new FullAgentFixture(A);
    fixture.now = FullAgentFixture.CONNECT_TIMEOUT - 1;
    assertThat(fixture.agent.isExpired(fixture.now)).isFalse();
    fixture.now++;
    assertThat(fixture.agent.isExpired(fixture.now)).isTrue();
  }

  @Test
  void shouldNominateWhatAnswersAndSelectWhatIsAcknowledged() {
    FullAgentFixture fixture = new FullAgentFixture(A);
    fixture.answerCheck(A);
    assertThat(fixture.agent.selected()).isNull();
    assertThat(fixture.agent.knows(A)).isTrue();
    assertThat(fixture.agent.isProved(A)).isTrue();

    byte[] nomination = fixture.takeCheck(A);
    assertThat(FullAgentFixture.parse(nomination).useCandidate()).isTrue();
    fixture.handle(Check.answer(nomination, Check.REMOTE), A);
    assertThat(fixture.agent.selected()).isEqualTo(A);
    assertThat(fixture.listener.take())
        .containsExactly("added " + A.getPort(), "selected " + A.getPort());
  }

  @Test
  void shouldWaitAMomentForABetterPair() {
    FullAgentFixture fixture = new FullAgentFixture(A, B);
    byte[] first = fixture.takeCheck(A);
    fixture.now = 50 * MILLI;
    fixture.answerCheck(B);
    assertThat(fixture.agent.dueCheck(fixture.now)).isNull();
    fixture.now = 150 * MILLI;
    fixture.handle(Check.answer(first, Check.REMOTE), A);
    fixture.answerCheck(A);
    assertThat(fixture.agent.selected()).isEqualTo(A);
  }

  @Test
  void shouldNotWaitForABetterPairForLong() {
    FullAgentFixture fixture = new FullAgentFixture(A, B);
    fixture.takeCheck(A);
    fixture.now = 50 * MILLI;
    fixture.answerCheck(B);
    assertThat(fixture.advance(250 * MILLI)).isTrue();
    assertThat(fixture.now).isEqualTo(250 * MILLI);
    fixture.answerCheck(B);
    assertThat(fixture.agent.selected()).isEqualTo(B);
  }

  @Test
  void shouldTakeNoAnswerButAnAuthenticOneFromWhereTheCheckWent() {
    FullAgentFixture fixture = new FullAgentFixture(A, B);
    byte[] check = fixture.takeCheck(A);
    byte[] answer = Check.answer(check, Check.REMOTE);
    fixture.handle(Check.answer(check, Check.LOCAL), A);
    fixture.handle(answer, B);
    fixture.handle(answer, C);
    fixture.handle(Check.answer(Check.plain(), Check.REMOTE), A);
    assertThat(fixture.agent.knows(A)).isFalse();
    assertThat(fixture.agent.knows(B)).isFalse();
    assertThat(fixture.count(IceCounter.CHECKS_ANSWERED)).isZero();
    fixture.handle(answer, A);
    assertThat(fixture.agent.knows(A)).isTrue();
  }

  @Test
  void shouldGoOnWithACheckThatIsAnsweredByAnError() {
    FullAgentFixture fixture = new FullAgentFixture(A);
    fixture.handle(Check.refusal(fixture.takeCheck(A), StunError.UNAUTHENTICATED, null), A);
    assertThat(fixture.advance(500 * MILLI)).isTrue();
    fixture.connect(A);
    assertThat(fixture.agent.selected()).isEqualTo(A);
  }

  @Test
  void shouldCheckAnAddressThatThePeerChecksFrom() {
    FullAgentFixture fixture = new FullAgentFixture();
    byte[] response = fixture.handle(Check.controlled(Check.HIGH), B);
    assertThat(FullAgentFixture.parse(response).xorMappedAddress()).isEqualTo(B);
    assertThat(fixture.agent.knows(B)).isTrue();
    assertThat(fixture.agent.isProved(B)).isFalse();
    fixture.connect(B);
    assertThat(fixture.agent.selected()).isEqualTo(B);
    assertThat(fixture.count(IceCounter.PAIRS_LEARNED)).isEqualTo(1);
  }

  @Test
  void shouldCheckSoonerWhatThePeerHasChecked() {
    FullAgentFixture fixture = new FullAgentFixture(A, B, C);
    fixture.takeCheck(A);
    fixture.handle(Check.controlled(Check.LOW), C);
    assertThat(fixture.advance(50 * MILLI)).isTrue();
    fixture.takeCheck(C);
    fixture.handle(Check.controlled(Check.HIGH), A);
    fixture.takeCheck(A);
  }

  @Test
  void shouldRefuseWhoIsNotThePeer() {
    FullAgentFixture fixture = new FullAgentFixture(A);
    byte[] forged = Check.request(new IceCredentials("evtj", "x".repeat(22)), Check.HIGH, false);
    assertThat(FullAgentFixture.parse(fixture.handle(forged, B)).errorCode()).isEqualTo(401);
    assertThat(fixture.agent.knows(B)).isFalse();
  }

  /** RFC 8445 section 7.3.1.1: the larger tie breaker stays. */
  @Test
  void shouldStayControllingAgainstASmallerTieBreaker() {
    FullAgentFixture fixture = new FullAgentFixture(A);
    byte[] refusal = fixture.handle(Check.conflicting(0), A);
    assertThat(FullAgentFixture.parse(refusal).errorCode()).isEqualTo(487);
    assertThat(Check.authenticator().verify(FullAgentFixture.parse(refusal), Check.LOCAL)).isTrue();
    assertThat(FullAgentFixture.parse(fixture.takeCheck(A)).isControlling()).isTrue();
  }

  @Test
  void shouldBecomeControlledAgainstALargerTieBreaker() {
    FullAgentFixture fixture = new FullAgentFixture(A);
    byte[] response = fixture.handle(Check.conflicting(-1), A);
    assertThat(FullAgentFixture.parse(response).messageType()).isEqualTo(Stun.BINDING_SUCCESS);
    byte[] check = fixture.takeCheck(A);
    assertThat(FullAgentFixture.parse(check).isControlled()).isTrue();
    fixture.handle(Check.answer(check, Check.REMOTE), A);
    assertThat(fixture.agent.dueCheck(fixture.now)).as("nomination").isNull();

    fixture.handle(Check.nominating(), A);
    assertThat(fixture.agent.selected()).isEqualTo(A);
  }

  @Test
  void shouldSelectWhatWasNominatedBeforeItsOwnCheckWasAnswered() {
    FullAgentFixture fixture = new FullAgentFixture();
    fixture.handle(Check.conflicting(-1), A);
    fixture.handle(
        Check.request(Check.LOCAL, writer -> writer.priority(1).controlling(-1).useCandidate()), A);
    assertThat(fixture.agent.selected()).isNull();
    fixture.answerCheck(A);
    assertThat(fixture.agent.selected()).isEqualTo(A);
  }

  /** RFC 8445 section 7.2.5.1 */
  @Test
  void shouldBecomeControlledWhenThePeerSaysSo() {
    FullAgentFixture fixture = new FullAgentFixture(A);
    byte[] check = fixture.takeCheck(A);
    fixture.handle(Check.refusal(check, StunError.ROLE_CONFLICT, Check.REMOTE), A);
    fixture.now = 50 * MILLI;
    byte[] again = fixture.takeCheck(A);
    assertThat(FullAgentFixture.parse(again).isControlled()).isTrue();
    assertThat(id(again)).isNotEqualTo(id(check));
  }

  @Test
  void shouldKeepItsRoleWhenTheRefusalIsForged() {
    FullAgentFixture fixture = new FullAgentFixture(A);
    byte[] check = fixture.takeCheck(A);
    fixture.handle(Check.refusal(check, StunError.ROLE_CONFLICT, Check.LOCAL), A);
    fixture.handle(Check.refusal(check, StunError.ROLE_CONFLICT, null), A);
    assertThat(fixture.advance(500 * MILLI)).isTrue();
    assertThat(FullAgentFixture.parse(fixture.takeCheck(A)).isControlling()).isTrue();
  }

  /** RFC 7675 section 5.1 */
  @Test
  void shouldAskForConsentEvery4To6Seconds() {
    FullAgentFixture fixture = new FullAgentFixture(A);
    fixture.connect(A);
    for (int i = 0; i < 100; i++) {
      long before = fixture.now;
      assertThat(fixture.advance(Long.MAX_VALUE)).isTrue();
      assertThat(fixture.now - before).isBetween(4 * SECOND, 6 * SECOND);
      fixture.answerCheck(A);
      assertThat(fixture.agent.isExpired(fixture.now)).isFalse();
    }
  }

  @Test
  void shouldEndWithoutConsent() {
    FullAgentFixture fixture = new FullAgentFixture(A);
    fixture.connect(A);
    while (fixture.advance(29 * SECOND)) {
      fixture.takeCheck(A);
      fixture.handle(Check.controlled(Check.HIGH), A);
    }
    fixture.now = 30 * SECOND - 1;
    assertThat(fixture.agent.isExpired(fixture.now)).isFalse();
    fixture.now++;
    assertThat(fixture.agent.isExpired(fixture.now)).isTrue();
  }

  @Test
  void shouldBearTheLossOfTwoAnswersInARowWhateverTheTimeout() {
    FullAgentFixture fixture = new FullAgentFixture(5 * SECOND, A);
    fixture.connect(A);
    for (int i = 0; i < 90; i++) {
      assertThat(fixture.advance(Long.MAX_VALUE)).isTrue();
      assertThat(fixture.agent.isExpired(fixture.now)).isFalse();
      if (i % 3 == 2) {
        fixture.answerCheck(A);
      } else {
        fixture.takeCheck(A);
      }
    }
    fixture.now += 18 * SECOND;
    assertThat(fixture.agent.isExpired(fixture.now)).isTrue();
  }

  @Test
  void shouldKeepNoMoreThanSoManyPairs() {
    FullAgentFixture fixture =
        new FullAgentFixture(
            IntStream.range(1, 100)
                .mapToObj(port -> Addresses.socket("192.0.2.9", port))
                .toArray(InetSocketAddress[]::new));
    for (int port = 200; port < 300; port++) {
      fixture.handle(Check.controlled(Check.HIGH), Addresses.socket("192.0.2.9", port));
    }
    assertThat(fixture.count(IceCounter.PAIRS_LEARNED)).isEqualTo(CheckList.MAX_CANDIDATES);
    assertThat(fixture.count(IceCounter.PAIRS_EVICTED)).isEqualTo(100 - CheckList.MAX_CANDIDATES);
  }

  @Test
  void shouldReportAllRoutesAsGoneWhenItIsClosed() {
    FullAgentFixture fixture = new FullAgentFixture(A, B);
    fixture.connect(A);
    fixture.listener.take();
    fixture.agent.close();
    fixture.agent.close();
    assertThat(fixture.listener.take())
        .containsExactly("removed " + A.getPort(), "retired evtj", "selected none");
    assertThat(fixture.handle(Check.controlled(Check.HIGH), A)).isEmpty();
  }

  /** RFC 5769 section 2.1: its credentials are those of this side, its tie breaker the larger. */
  @Test
  void shouldTakeTheSampleRequestForACheck() {
    FullAgentFixture fixture = new FullAgentFixture(fixedRandom());
    byte[] response =
        fixture.handle(HexFormat.of().parseHex(Rfc5769VectorsTest.REQUEST), Addresses.A);
    assertThat(FullAgentFixture.parse(response).xorMappedAddress()).isEqualTo(A);
    assertThat(fixture.agent.knows(A)).isTrue();
  }

  /** RFC 5769 section 2.2: the answer to a check with the transaction id of the samples. */
  @Test
  void shouldTakeTheSampleResponseForAnAnswer() {
    IceFullAgent<InetSocketAddress> agent =
        new IceFullAgent<>(
            new IceContext(SECOND, SECOND, fixedRandom()),
            Check.REMOTE,
            Rfc5769VectorsTest.CREDENTIALS,
            List.of(new RemoteCandidate(Check.HIGH, A)),
            address -> address,
            new RecordingListener(),
            0);
    byte[] out = new byte[IceAgent.MAX_MESSAGE_LENGTH];
    agent.handleTimeout(0);
    agent.writeCheck(0, out);
    byte[] response = HexFormat.of().parseHex(Rfc5769VectorsTest.IPV4_RESPONSE);
    agent.handle(0, response, 0, response.length, A, A, out);
    assertThat(agent.isProved(A)).isTrue();
  }

  /** whose transaction ids are those of the samples */
  private static RandomGenerator fixedRandom() {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        return 0x0102030405060708L;
      }

      @Override
      public void nextBytes(byte[] bytes) {
        System.arraycopy(Check.TRANSACTION_ID, 0, bytes, 0, bytes.length);
      }
    };
  }

  private static String id(byte[] message) {
    return HexFormat.of().formatHex(message, 8, 20);
  }
}
