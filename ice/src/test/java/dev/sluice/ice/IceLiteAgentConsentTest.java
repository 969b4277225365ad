package dev.sluice.ice;

import static dev.sluice.ice.Addresses.A;
import static dev.sluice.ice.Addresses.B;
import static dev.sluice.ice.AgentFixture.CONNECT_TIMEOUT;
import static dev.sluice.ice.AgentFixture.CONSENT_TIMEOUT;
import static dev.sluice.ice.AgentFixture.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IceLiteAgentConsentTest {
  private static final IceCredentials SECOND_LOCAL =
      new IceCredentials("2222", "2222222222222222222222");
  private static final IceCredentials THIRD_LOCAL =
      new IceCredentials("3333", "3333333333333333333333");

  @ParameterizedTest
  @ValueSource(longs = {0, -5 * SECOND, Long.MAX_VALUE - SECOND, Long.MIN_VALUE})
  void shouldExpireExactlyWhenTheConnectTimeoutPasses(long start) {
    AgentFixture fixture = new AgentFixture(start);
    assertThat(fixture.agent.isExpired(start)).isFalse();
    fixture.now = start + CONNECT_TIMEOUT - 1;
    check(fixture, A, Check.LOCAL, false);

    assertThat(fixture.agent.nextTimeout()).isEqualTo(start + CONNECT_TIMEOUT);
    assertThat(fixture.agent.isExpired(start + CONNECT_TIMEOUT - 1)).isFalse();
    assertThat(fixture.agent.isExpired(start + CONNECT_TIMEOUT)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -5 * SECOND, Long.MAX_VALUE - SECOND, Long.MIN_VALUE})
  void shouldExpireExactlyWhenTheConsentTimeoutPasses(long start) {
    AgentFixture fixture = new AgentFixture(start);
    check(fixture, A, Check.LOCAL, true);
    assertThat(fixture.agent.isExpired(start)).isFalse();
    fixture.now = start + 7 * SECOND;
    check(fixture, A, Check.LOCAL, false);

    long end = start + 7 * SECOND + CONSENT_TIMEOUT;
    assertThat(fixture.agent.nextTimeout()).isEqualTo(end);
    assertThat(fixture.agent.isExpired(end - 1)).isFalse();
    assertThat(fixture.agent.isExpired(end)).isTrue();
    assertThat(fixture.agent.selected()).isEqualTo(A);
  }

  @Test
  void shouldNotTakeAnythingButAnAuthenticatedCheckForConsent() {
    AgentFixture fixture = new AgentFixture();
    check(fixture, A, Check.LOCAL, true);
    fixture.now = 20 * SECOND;
    fixture.handle(Check.message(Stun.BINDING_INDICATION, StunWriter::fingerprint), A);
    fixture.handle(Check.request(SECOND_LOCAL, Check.HIGH, true), A);
    fixture.handle(Check.request(Check.LOCAL, writer -> writer.controlled(1)), A);
    fixture.handle(Check.message(Stun.BINDING_REQUEST, w -> w.username("evtj", "h6vY")), A);

    assertThat(fixture.agent.nextTimeout()).isEqualTo(CONSENT_TIMEOUT);
  }

  @Test
  void shouldNotTakeACheckFromAnotherPairForConsent() {
    AgentFixture fixture = new AgentFixture();
    check(fixture, A, Check.LOCAL, true);
    check(fixture, B, Check.LOCAL, false);
    fixture.now = 10 * SECOND;
    check(fixture, B, Check.LOCAL, false);

    assertThat(fixture.agent.selected()).isEqualTo(A);
    assertThat(fixture.agent.nextTimeout())
        .as("time to turn to the other pair")
        .isEqualTo(CONSENT_TIMEOUT / 2);
  }

  @Test
  void shouldRenewConsentWithALateCheck() {
    AgentFixture fixture = new AgentFixture();
    check(fixture, A, Check.LOCAL, true);
    fixture.now = CONSENT_TIMEOUT + SECOND;
    check(fixture, A, Check.LOCAL, false);

    assertThat(fixture.agent.isExpired(fixture.now)).isFalse();
  }

  @Test
  void shouldKeepTheOldPairUntilTheNewGenerationNominates() {
    AgentFixture fixture = connected();
    fixture.agent.restart(fixture.now, SECOND_LOCAL, Check.REMOTE);
    assertThat(fixture.agent.localCredentials()).isSameAs(SECOND_LOCAL);

    check(fixture, A, Check.LOCAL, true);
    check(fixture, B, SECOND_LOCAL, false);
    assertThat(fixture.agent.selected()).isEqualTo(A);
    assertThat(fixture.listener.take()).containsExactly("added 40000");

    check(fixture, B, SECOND_LOCAL, true);
    assertThat(fixture.agent.selected()).isEqualTo(B);
    assertThat(fixture.listener.take())
        .containsExactly("removed 32853", "retired evtj", "selected 40000");
    assertRefused(fixture, Check.LOCAL);
  }

  @Test
  void shouldReportNoChangeWhenTheNewGenerationSelectsTheSameAddress() {
    AgentFixture fixture = connected();
    fixture.agent.restart(fixture.now, SECOND_LOCAL, Check.REMOTE);
    check(fixture, A, SECOND_LOCAL, true);

    assertThat(fixture.agent.selected()).isEqualTo(A);
    assertThat(fixture.listener.take()).containsExactly("retired evtj");
    assertThat(fixture.count(IceCounter.RESTARTS)).isEqualTo(1);
  }

  @Test
  void shouldSwitchPairsWithinTheOldGenerationDuringARestart() {
    AgentFixture fixture = connected();
    check(fixture, B, Check.LOCAL, false);
    fixture.agent.restart(fixture.now, SECOND_LOCAL, Check.REMOTE);
    check(fixture, B, Check.LOCAL, true);

    assertThat(fixture.agent.selected()).isEqualTo(B);
    fixture.now += 20 * SECOND;
    check(fixture, B, Check.LOCAL, false);
    assertThat(fixture.agent.nextTimeout()).isEqualTo(fixture.now + CONSENT_TIMEOUT);
  }

  @Test
  void shouldStayWithTheOldGenerationWhenTheNewOneNeverComes() {
    AgentFixture fixture = connected();
    fixture.agent.restart(fixture.now, SECOND_LOCAL, Check.REMOTE);
    for (int i = 0; i < 20; i++) {
      fixture.now += 5 * SECOND;
      check(fixture, A, Check.LOCAL, false);
      fixture.agent.handleTimeout(fixture.now);
      assertThat(fixture.agent.isExpired(fixture.now)).isFalse();
    }
    assertThat(fixture.agent.selected()).isEqualTo(A);
    assertThat(fixture.agent.isExpired(fixture.now + CONSENT_TIMEOUT - 1)).isFalse();
    assertThat(fixture.agent.isExpired(fixture.now + CONSENT_TIMEOUT)).isTrue();
  }

  @Test
  void shouldStopSendingWhenTheOldConsentEndsButWaitForTheNewGeneration() {
    AgentFixture fixture = connected();
    long restart = CONSENT_TIMEOUT - SECOND;
    fixture.agent.restart(restart, SECOND_LOCAL, Check.REMOTE);

    fixture.agent.handleTimeout(CONSENT_TIMEOUT - 1);
    assertThat(fixture.agent.selected()).isEqualTo(A);
    assertThat(fixture.agent.isExpired(CONSENT_TIMEOUT)).isFalse();

    fixture.agent.handleTimeout(CONSENT_TIMEOUT);
    assertThat(fixture.agent.selected()).isNull();
    assertThat(fixture.listener.take())
        .containsExactly("removed 32853", "retired evtj", "selected none");
    assertThat(fixture.agent.nextTimeout()).isEqualTo(restart + CONNECT_TIMEOUT);
    assertThat(fixture.agent.isExpired(restart + CONNECT_TIMEOUT - 1)).isFalse();
    assertThat(fixture.agent.isExpired(restart + CONNECT_TIMEOUT)).isTrue();
  }

  @Test
  void shouldRetireOldCredentialsAtOnceWhenNothingWasSelected() {
    AgentFixture fixture = new AgentFixture();
    check(fixture, A, Check.LOCAL, false);
    fixture.listener.take();
    fixture.now = 5 * SECOND;
    fixture.agent.restart(fixture.now, SECOND_LOCAL, Check.REMOTE);

    assertThat(fixture.listener.take()).containsExactly("removed 32853", "retired evtj");
    assertRefused(fixture, Check.LOCAL);
    assertThat(fixture.agent.nextTimeout()).isEqualTo(fixture.now + CONNECT_TIMEOUT);
  }

  @Test
  void shouldKeepTheSelectedPairOverSeveralRestarts() {
    AgentFixture fixture = connected();
    fixture.agent.restart(fixture.now, SECOND_LOCAL, Check.REMOTE);
    check(fixture, B, SECOND_LOCAL, false);
    fixture.listener.take();
    fixture.agent.restart(fixture.now, THIRD_LOCAL, Check.REMOTE);

    assertThat(fixture.listener.take()).containsExactly("removed 40000", "retired 2222");
    assertThat(fixture.agent.selected()).isEqualTo(A);
    check(fixture, A, Check.LOCAL, false);
    assertRefused(fixture, SECOND_LOCAL);
    check(fixture, B, THIRD_LOCAL, true);
    assertThat(fixture.agent.selected()).isEqualTo(B);
  }

  @Test
  void shouldRefuseARestartWithCredentialsInUse() {
    AgentFixture fixture = connected();
    fixture.agent.restart(0, SECOND_LOCAL, Check.REMOTE);

    assertThatThrownBy(() -> fixture.agent.restart(0, SECOND_LOCAL, Check.REMOTE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> fixture.agent.restart(0, Check.LOCAL, Check.REMOTE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldRetireBothGenerationsWhenClosedDuringARestart() {
    AgentFixture fixture = connected();
    fixture.agent.restart(fixture.now, SECOND_LOCAL, Check.REMOTE);
    check(fixture, A, SECOND_LOCAL, false);
    fixture.agent.close();

    assertThat(fixture.listener.take())
        .containsExactlyInAnyOrder(
            "retired evtj", "removed 32853", "retired 2222", "selected none");
  }

  private static AgentFixture connected() {
    AgentFixture fixture = new AgentFixture();
    check(fixture, A, Check.LOCAL, true);
    fixture.listener.take();
    return fixture;
  }

  private static void check(
      AgentFixture fixture, InetSocketAddress remote, IceCredentials local, boolean nominate) {
    assertThat(errorCode(fixture, remote, local, nominate)).isZero();
  }

  private static void assertRefused(AgentFixture fixture, IceCredentials local) {
    assertThat(errorCode(fixture, A, local, true)).isEqualTo(401);
  }

  private static int errorCode(
      AgentFixture fixture, InetSocketAddress remote, IceCredentials local, boolean nominate) {
    byte[] response = fixture.handle(Check.request(local, Check.HIGH, nominate), remote);
    StunMessage message = new StunMessage();
    assertThat(message.parse(response, 0, response.length)).isTrue();
    return message.errorCode();
  }
}
