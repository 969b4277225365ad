package dev.sluice.ice;

import static dev.sluice.ice.RemoteCandidate.END_OF_CANDIDATES;
import static dev.sluice.ice.RemoteCandidate.IGNORED;
import static dev.sluice.ice.RemoteCandidate.MALFORMED;
import static dev.sluice.ice.RemoteCandidate.USABLE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteCandidateTest {
  private static final String CHROMIUM =
      "candidate:842163049 1 udp 1677729535 198.51.100.7 46154 typ srflx raddr 0.0.0.0 rport 0"
          + " generation 0 ufrag EEtu network-id 1 network-cost 10";

  @ParameterizedTest
  @ValueSource(
      strings = {
        CHROMIUM,
        "candidate:1 1 UDP 2130706431 192.0.2.1 8189 typ host",
        "a=candidate:1 1 udp 2130706431 2001:db8::1 8189 typ host\r\n",
        "candidate:a+/9 1 udp 1 192.0.2.1 65535 typ relay raddr 192.0.2.2 rport 1",
        "candidate:1 1 udp 2147483647 192.0.2.1 1 typ future ext value"
      })
  void shouldAcceptUdpCandidatesWithALiteral(String line) {
    assertThat(RemoteCandidate.of(line)).isEqualTo(USABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "candidate:0 1 UDP 2122252543 ca0a0a11-6ee8-4a2c-9d64-d7b1ae4b3c2f.local 53012 typ host",
        "candidate:0 1 UDP 2122252543 host.invalid 53012 typ host",
        "candidate:0 1 UDP 2122252543 fe80::1%eth0 53012 typ host",
        "candidate:1 1 TCP 2105524479 192.0.2.1 9 typ host tcptype active",
        "candidate:0 2 UDP 2122252542 192.0.2.1 53013 typ host",
        "candidate:0 1 UDP 2122252543 0.0.0.0 53012 typ host",
        "candidate:0 1 UDP 2122252543 224.0.0.251 53012 typ host",
        "candidate:0 1 UDP 2122252543 192.0.2.1 0 typ host"
      })
  void shouldIgnoreWhatNoCheckCanComeFrom(String line) {
    assertThat(RemoteCandidate.of(line)).isEqualTo(IGNORED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "candidate",
        "candidate:",
        "candidate:1",
        "mid:0",
        "b=candidate:1 1 udp 1 192.0.2.1 1 typ host",
        "candidate:1 1 udp 1 192.0.2.1 1 typ",
        "candidate:1 1 udp 1 192.0.2.1 1 type host",
        "candidate:1 1 udp 1 192.0.2.1 1 typ host generation",
        "candidate:1  1 udp 1 192.0.2.1 1 typ host",
        "candidate: 1 1 udp 1 192.0.2.1 1 typ host",
        "candidate:1-2 1 udp 1 192.0.2.1 1 typ host",
        "candidate:123456789012345678901234567890123 1 udp 1 192.0.2.1 1 typ host",
        "candidate:1 0 udp 1 192.0.2.1 1 typ host",
        "candidate:1 257 udp 1 192.0.2.1 1 typ host",
        "candidate:1 1 udp 0 192.0.2.1 1 typ host",
        "candidate:1 1 udp 2147483648 192.0.2.1 1 typ host",
        "candidate:1 1 udp 99999999999999999999 192.0.2.1 1 typ host",
        "candidate:1 1 udp -1 192.0.2.1 1 typ host",
        "candidate:1 1 udp 1 192.0.2.1 65536 typ host",
        "candidate:1 1 udp 1 192.0.2.1 x typ host"
      })
  void shouldTellMalformedLines(String line) {
    assertThat(RemoteCandidate.of(line)).isEqualTo(MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "end-of-candidates", "a=end-of-candidates\r\n"})
  void shouldAcceptTheEndOfCandidates(String line) {
    assertThat(RemoteCandidate.of(line)).isEqualTo(END_OF_CANDIDATES);
  }

  @Test
  void shouldRefuseALineOfAnyLength() {
    assertThat(RemoteCandidate.of(CHROMIUM + " a b".repeat(1_000_000))).isEqualTo(MALFORMED);
  }

  @Test
  void shouldNeverThrow() {
    Random random = new Random(8839);
    for (int i = 0; i < 100_000; i++) {
      StringBuilder line = new StringBuilder(CHROMIUM);
      for (int edits = random.nextInt(4); edits >= 0; edits--) {
        int at = random.nextInt(line.length());
        switch (random.nextInt(3)) {
          case 0 -> line.setCharAt(at, (char) random.nextInt(random.nextBoolean() ? 128 : 65536));
          case 1 -> line.insert(at, line.charAt(random.nextInt(line.length())));
          default -> line.setLength(Math.max(1, at));
        }
      }
      assertThat(RemoteCandidate.of(line.toString())).isNotNull();
    }
  }

  @Test
  void shouldOnlyBeCountedByTheAgent() {
    AgentFixture fixture = new AgentFixture();

    assertThat(fixture.agent.addRemoteCandidate(CHROMIUM)).isEqualTo(USABLE);
    fixture.agent.addRemoteCandidate("candidate:1 1 udp 1 x.local 1 typ host");
    fixture.agent.addRemoteCandidate("candidate:1 1 udp 1 y.local 1 typ host");
    fixture.agent.addRemoteCandidate("nonsense");
    fixture.agent.addRemoteCandidate("end-of-candidates");

    assertThat(fixture.count(IceCounter.REMOTE_CANDIDATES)).isEqualTo(1);
    assertThat(fixture.count(IceCounter.REMOTE_CANDIDATES_IGNORED)).isEqualTo(2);
    assertThat(fixture.count(IceCounter.REMOTE_CANDIDATES_MALFORMED)).isEqualTo(1);
    assertThat(fixture.agent.knows(Addresses.socket("198.51.100.7", 46154))).isFalse();
    assertThat(fixture.listener.take()).isEmpty();
  }
}
