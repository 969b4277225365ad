package dev.sluice.ice;

import static dev.sluice.ice.AgentFixture.CONSENT_TIMEOUT;
import static dev.sluice.ice.AgentFixture.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole sessions of a full ICE agent in virtual time over a seeded bad network. */
class IceSimulationTest {
  private static final int SEEDS = 40;
  private static final double LOSS = 0.3;
  private static final List<InetSocketAddress> ADDRESSES =
      List.of(
          Addresses.socket("192.0.2.1", 1001),
          Addresses.socket("2001:db8::1", 1002),
          Addresses.socket("198.51.100.1", 1003));

  private SimulatedNetwork network = new SimulatedNetwork(0, LOSS);
  private SimulatedServer server = new SimulatedServer(network);
  private SimulatedServer.Session session;
  private int credentials;

  private void reset(long seed) {
    network = new SimulatedNetwork(seed, LOSS);
    server = new SimulatedServer(network);
    credentials = 0;
  }

  private IceCredentials nextCredentials() {
    return new IceCredentials("sess" + credentials++, "abcdefghijklmnopqrstuv" + credentials);
  }

  /** begins anew with one session and its peer */
  private SimulatedPeer connect(
      long seed, SimulatedPeer.Nomination nomination, List<InetSocketAddress> addresses) {
    reset(seed);
    IceCredentials local = nextCredentials();
    session = server.open(local);
    return new SimulatedPeer(network, server, local, nomination, addresses);
  }

  /** both sides come to use that address; with checks lost they may leave it again for a while */
  private void agreeOn(SimulatedPeer peer, int address, long limit) {
    InetSocketAddress best = ADDRESSES.get(address);
    while (!(best.equals(peer.selected()) && best.equals(session.agent.selected()))) {
      assertThat(network.now()).as("time, to be on %s", best).isLessThan(limit);
      network.runUntil(network.now() + SECOND / 10);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldAgreeOnTheBestPair(SimulatedPeer.Nomination nomination) {
    for (int seed = 0; seed < SEEDS; seed++) {
      SimulatedPeer peer = connect(seed, nomination, ADDRESSES);
      network.runUntil(12 * SECOND);
      agreeOn(peer, 0, 45 * SECOND);
      assertThat(session.selected).isEqualTo(session.agent.selected());
      assertThat(session.remotes).containsExactlyInAnyOrderElementsOf(ADDRESSES);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldStayConnectedForAsLongAsThePeerChecks(SimulatedPeer.Nomination nomination) {
    for (int seed = 0; seed < 5; seed++) {
      connect(seed, nomination, ADDRESSES);
      network.runUntil(60 * SECOND);
      int elsewhere = 0;
      while (network.now() < 180 * SECOND) {
        network.runUntil(network.now() + SECOND);
        elsewhere += ADDRESSES.get(0).equals(session.agent.selected()) ? 0 : 1;
      }
      assertThat(session.expiredAt).as("seed %d", seed).isEqualTo(-1);
      assertThat(elsewhere).as("seconds away when checks were lost, seed %d", seed).isLessThan(30);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldFollowThePeerToAnotherPair(SimulatedPeer.Nomination nomination) {
    for (int seed = 0; seed < SEEDS; seed++) {
      SimulatedPeer peer = connect(seed, nomination, ADDRESSES);
      network.runUntil(12 * SECOND);
      agreeOn(peer, 0, 45 * SECOND);

      peer.cut(0);
      agreeOn(peer, 1, 90 * SECOND);
      peer.repair(0);
      agreeOn(peer, 0, network.now() + 30 * SECOND);
      assertThat(session.expiredAt).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldFollowANatThatGivesThePeerAnotherPort(SimulatedPeer.Nomination nomination) {
    List<Long> still = new ArrayList<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      SimulatedPeer peer = connect(seed, nomination, ADDRESSES.subList(0, 1));
      network.runUntil((12 + seed % 5) * SECOND);
      InetSocketAddress rebound = Addresses.socket("192.0.2.1", 2001);
      peer.rebind(0, rebound);
      long start = network.now();
      while (!rebound.equals(session.agent.selected())) {
        network.runUntil(network.now() + SECOND / 10);
        assertThat(network.now() - start).as("seed %d", seed).isLessThan(28 * SECOND);
      }
      still.add(network.now() - start);
    }
    still.sort(null);
    assertThat(still.get(SEEDS / 2)).as("median, with 30 %% lost").isLessThan(8 * SECOND);
  }

  @ParameterizedTest
  @EnumSource
  void shouldNeverSendMediaToWhereAnAttackerPoints(SimulatedPeer.Nomination nomination) {
    for (int seed = 0; seed < SEEDS; seed++) {
      SimulatedPeer peer = connect(seed, nomination, ADDRESSES);
      network.runUntil(5 * SECOND);
      Attacker attacker = new Attacker();
      attacker.begin();
      peer.cut(0);
      network.runUntil(60 * SECOND);
      peer.repair(0);
      network.runUntil(90 * SECOND);

      assertThat(session.expiredAt).as("seed %d", seed).isEqualTo(-1);
      assertThat(attacker.replays).isPositive();
      assertThat(attacker.messagesToVictims)
          .isLessThan(attacker.replays * (1 + PathCheck.TRANSMISSIONS));
    }
  }

  /** sends again what it saw, from addresses of others and from the peer's own */
  private final class Attacker {
    private static final int VICTIMS = 20;
    int replays;
    int messagesToVictims;

    void begin() {
      int victim = network.random.nextInt(VICTIMS);
      InetSocketAddress from = Addresses.socket("203.0.113.66", 1 + victim);
      byte[] seen = server.received.get(network.random.nextInt(server.received.size()));
      replays++;
      server.receive(seen.clone(), from, datagram -> messagesToVictims++);
      InetSocketAddress selected = session.agent.selected();
      assertThat(selected == null || ADDRESSES.contains(selected)).isTrue();
      network.schedule(SECOND / 5, this::begin);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldAlwaysHaveSomewhereToSendToDuringARestart(SimulatedPeer.Nomination nomination) {
    for (int seed = 0; seed < SEEDS; seed++) {
      SimulatedPeer peer = connect(seed, nomination, ADDRESSES);
      network.runUntil(12 * SECOND);

      IceCredentials renewed = nextCredentials();
      session.restart(renewed);
      network.schedule(2 * SECOND, () -> peer.restart(renewed));
      for (long time = 12 * SECOND; time < 30 * SECOND; time += SECOND / 50) {
        network.runUntil(time);
        assertThat(session.agent.selected()).as("seed %d at %d", seed, time).isNotNull();
      }
      agreeOn(peer, 0, 45 * SECOND);
      assertThat(server.sessions).containsOnlyKeys(renewed.ufrag());
      assertThat(session.remotes).containsExactlyInAnyOrderElementsOf(ADDRESSES);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldLoseConsentExactlyTheTimeoutAfterTheLastCheck(SimulatedPeer.Nomination nomination) {
    for (int seed = 0; seed < SEEDS; seed++) {
      SimulatedPeer peer = connect(seed, nomination, ADDRESSES.subList(0, 1 + seed % 3));
      network.runUntil((12 + seed) * SECOND);
      peer.vanish();
      network.runUntil(200 * SECOND);

      assertThat(session.expiredAt).isEqualTo(session.lastAuthenticatedCheck + CONSENT_TIMEOUT);
      assertThat(session.expiredAt).isLessThan((12 + seed + 31) * SECOND);
      assertThat(session.selected).isNull();
      assertThat(session.remotes).isEmpty();
      assertThat(server.sessions).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldServeManyPeersOnOneContext(SimulatedPeer.Nomination nomination) {
    reset(1);
    Random random = new Random(2);
    List<SimulatedServer.Session> sessions = new ArrayList<>();
    List<SimulatedPeer> peers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      IceCredentials local = nextCredentials();
      List<InetSocketAddress> addresses =
          List.of(
              Addresses.socket("192.0.2.2", 2_000 + i), Addresses.socket("2001:db8::2", 2_000 + i));
      network.runUntil(network.now() + random.nextInt((int) (SECOND / 20)));
      sessions.add(server.open(local));
      peers.add(new SimulatedPeer(network, server, local, nomination, addresses));
    }
    network.runUntil(20 * SECOND);
    for (int i = 0; i < 100; i += 2) {
      peers.get(i).vanish();
    }
    network.runUntil(60 * SECOND);

    for (int i = 0; i < 100; i++) {
      boolean stays = i % 2 == 1;
      assertThat(sessions.get(i).expiredAt < 0).as("peer %d", i).isEqualTo(stays);
      assertThat(sessions.get(i).agent.selected() != null).isEqualTo(stays);
    }
    assertThat(server.sessions).hasSize(50);
  }
}
