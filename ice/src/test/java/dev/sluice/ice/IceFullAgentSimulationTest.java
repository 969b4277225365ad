package dev.sluice.ice;

import static dev.sluice.ice.AgentFixture.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole sessions of a full agent in virtual time over a seeded bad network. */
class IceFullAgentSimulationTest {
  private static final int SEEDS = 60;
  private static final double LOSS = 0.1;

  /** by then checks were repeated often enough, and consent cannot have been lost */
  private static final long CONNECTED = 25 * SECOND;

  private static final InetSocketAddress HERE = Addresses.A;
  private static final InetSocketAddress THERE = Addresses.B;
  private static final List<RemoteCandidate> CANDIDATES =
      List.of(
          new RemoteCandidate(Check.LOW, THERE),
          new RemoteCandidate(Check.HIGH, Addresses.C),
          new RemoteCandidate(1, Addresses.socket("198.51.100.77", 1)));

  private SimulatedEnd.Wire wire;
  private SimulatedEnd here;
  private SimulatedEnd there;

  private void begin(long seed) {
    wire = new SimulatedEnd.Wire(new SimulatedNetwork(seed, LOSS));
    here = SimulatedEnd.full(wire, HERE, Check.LOCAL, Check.REMOTE, CANDIDATES);
  }

  private void beginWithLite(long seed) {
    begin(seed);
    there =
        new SimulatedEnd(
            wire,
            THERE,
            (context, listener) ->
                new IceLiteAgent<>(context, Check.REMOTE, Check.LOCAL, listener, 0));
  }

  /** the other side was not told of any candidate, as behind a NAT, or holds itself controlling */
  private void beginWithFull(long seed, List<RemoteCandidate> candidates) {
    begin(seed);
    there = SimulatedEnd.full(wire, THERE, Check.REMOTE, Check.LOCAL, candidates);
  }

  private void assertAgreed(long seed) {
    assertThat(here.agent.selected()).as("here, seed %d", seed).isEqualTo(THERE);
    assertThat(there.agent.selected()).as("there, seed %d", seed).isEqualTo(HERE);
  }

  @Test
  void shouldConnectToALiteAgent() {
    for (long seed = 0; seed < SEEDS; seed++) {
      beginWithLite(seed);
      wire.network.runUntil(CONNECTED);
      assertAgreed(seed);
    }
  }

  @Test
  void shouldProveItsAddressToALiteAgent() {
    for (long seed = 0; seed < SEEDS; seed++) {
      beginWithLite(seed);
      wire.network.runUntil(CONNECTED);
      there.agent.requireProof(wire.network.now(), null);
      wire.network.runUntil(2 * CONNECTED);
      assertThat(there.agent.isProved(HERE)).as("seed %d", seed).isTrue();
      assertAgreed(seed);
    }
  }

  @Test
  void shouldConnectSoonWhereNothingIsLost() {
    wire = new SimulatedEnd.Wire(new SimulatedNetwork(1, 0));
    here = SimulatedEnd.full(wire, HERE, Check.LOCAL, Check.REMOTE, CANDIDATES);
    there =
        SimulatedEnd.full(
            wire, THERE, Check.REMOTE, Check.LOCAL, List.of(new RemoteCandidate(1, HERE)));
    wire.network.runUntil(3 * SECOND);
    assertAgreed(1);
    assertThat(here.selectedAt).isLessThan(3 * SECOND / 2);
  }

  /** Both begin as the controlling side; the larger tie breaker keeps that role. */
  @Test
  void shouldConnectToAFullAgentThatHasTheSameRole() {
    for (long seed = 0; seed < SEEDS; seed++) {
      beginWithFull(seed, List.of(new RemoteCandidate(Check.HIGH, HERE)));
      wire.network.runUntil(CONNECTED);
      assertAgreed(seed);
      long conflicts = conflicts(here) + conflicts(there);
      assertThat(conflicts).as("one at most is refused for long, seed %d", seed).isLessThan(10);
    }
  }

  @Test
  void shouldConnectToAFullAgentThatLearnsWhereItIs() {
    for (long seed = 0; seed < SEEDS; seed++) {
      beginWithFull(seed, List.of());
      wire.network.runUntil(CONNECTED);
      assertAgreed(seed);
    }
  }

  @Test
  void shouldKeepConsentForAsLongAsThePeerAnswers() {
    for (long seed = 0; seed < 10; seed++) {
      beginWithLite(seed);
      wire.network.runUntil(300 * SECOND);
      assertThat(here.expiredAt).as("seed %d", seed).isEqualTo(-1);
      assertThat(there.expiredAt).as("seed %d", seed).isEqualTo(-1);
      assertAgreed(seed);
    }
  }

  @Test
  void shouldEndWhenThePeerIsGone() {
    for (long seed = 0; seed < SEEDS; seed++) {
      beginWithLite(seed);
      wire.network.runUntil(CONNECTED);
      wire.cut = true;
      wire.network.runUntil(CONNECTED + 35 * SECOND);
      assertThat(here.expiredAt).as("seed %d", seed).isGreaterThan(CONNECTED);
      assertThat(here.remotes).isEmpty();
    }
  }

  private static long conflicts(SimulatedEnd end) {
    return end.context.counters().get(IceCounter.ROLE_CONFLICTS);
  }
}
