package dev.sluice.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteCandidateTest {

  /** The first is of RFC 8839 section 5.1. */
  @Test
  void shouldReadWhatACheckCanBeSentTo() {
    assertThat(
            RemoteCandidate.parse(
                "candidate:2 1 UDP 1694498815 192.0.2.3 45664 typ srflx raddr 203.0.113.141 rport"
                    + " 8998"))
        .isEqualTo(new RemoteCandidate(1_694_498_815L, Addresses.socket("192.0.2.3", 45_664)));
    assertThat(RemoteCandidate.parse("candidate:a 1 udp 1 2001:db8::1 1 typ host generation 0"))
        .isEqualTo(new RemoteCandidate(1, Addresses.socket("2001:db8::1", 1)));
  }

  @Test
  void shouldReadWhatThisLibraryWrites() {
    List<String> written =
        HostCandidates.attributes(List.of(Addresses.ip("192.0.2.1"), Addresses.ip("::1")), 8_189);
    assertThat(written.stream().map(RemoteCandidate::parse).map(RemoteCandidate::address))
        .containsExactly(Addresses.socket("192.0.2.1", 8_189), Addresses.socket("::1", 8_189));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "candidate:",
        "2 1 udp 1 192.0.2.3 45664 typ host",
        "candidate:2 1 udp 1 192.0.2.3 45664 typ",
        "candidate:2 2 udp 1 192.0.2.3 45664 typ host",
        "candidate:2 1 tcp 1 192.0.2.3 9 typ host tcptype active",
        "candidate:2 1 udp 0 192.0.2.3 45664 typ host",
        "candidate:2 1 udp 2147483648 192.0.2.3 45664 typ host",
        "candidate:2 1 udp -1 192.0.2.3 45664 typ host",
        "candidate:2 1 udp 1 192.0.2.3 0 typ host",
        "candidate:2 1 udp 1 192.0.2.3 65536 typ host",
        "candidate:2 1 udp 1 192.0.2.3 99999999999 typ host",
        "candidate:2 1 udp 1 host.example 45664 typ host",
        "candidate:2 1 udp 1 8f3b3c4e-1b1f-4c3a.local 45664 typ host",
        "candidate:2 1 udp 1 0.0.0.0 45664 typ host",
        "candidate:2 1 udp 1 224.0.0.1 45664 typ host",
        "candidate:2 1 udp 1 ff02::1 45664 typ host",
        "candidate:2 1 udp 1 fe80::1%eth0 45664 typ host"
      })
  void shouldLeaveOutAllElse(String attribute) {
    assertThat(RemoteCandidate.parse(attribute)).isNull();
  }
}
