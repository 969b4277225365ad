package dev.sluice.ice;

import static dev.sluice.ice.Addresses.ip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostCandidatesTest {
  private static final InetAddress PRIVATE_V4 = ip("10.0.0.5");
  private static final InetAddress PRIVATE_V6 = ip("fd00::5");
  private static final InetAddress PUBLIC_V4 = ip("203.0.113.7");
  private static final InetAddress PUBLIC_V6 = ip("2001:db8::7");

  /** 2130706431 is what RFC 8445 section 5.1.2.1 gives a host with a single address. */
  @Test
  void shouldWriteAHostCandidate() {
    assertThat(HostCandidates.attributes(List.of(PUBLIC_V4), 8189))
        .containsExactly("candidate:1 1 udp 2130706431 203.0.113.7 8189 typ host");
  }

  @Test
  void shouldLowerThePriorityInTheOrderOfPreference() {
    assertThat(HostCandidates.attributes(List.of(PUBLIC_V6, PUBLIC_V4, PRIVATE_V4), 8189))
        .containsExactly(
            "candidate:1 1 udp 2130706431 2001:db8::7 8189 typ host",
            "candidate:2 1 udp 2130706175 203.0.113.7 8189 typ host",
            "candidate:3 1 udp 2130705919 10.0.0.5 8189 typ host");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "th-TH-u-nu-thai"})
  void shouldWriteAsciiDigitsInEveryLocale(String language) {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(language));
    try {
      shouldWriteAHostCandidate();
    } finally {
      Locale.setDefault(before);
    }
  }

  /** RFC 6544, section 4.2: below UDP; a passive candidate has a direction preference of 4. */
  @Test
  void shouldWritePassiveTcpCandidatesBelowThoseOfUdp() {
    assertThat(HostCandidates.passiveTcpAttributes(List.of(PUBLIC_V6, PUBLIC_V4), 443))
        .containsExactly(
            "candidate:tcp1 1 tcp 1520435199 2001:db8::7 443 typ host tcptype passive",
            "candidate:tcp2 1 tcp 1520434943 203.0.113.7 443 typ host tcptype passive");
  }

  @Test
  void shouldWriteEachAddressOnce() {
    assertThat(HostCandidates.attributes(List.of(PUBLIC_V4, PUBLIC_V4), 8189)).hasSize(1);
  }

  @Test
  void shouldWriteNoZone() throws Exception {
    byte[] linkLocal = ip("fe80::1").getAddress();
    InetAddress scoped = Inet6Address.getByAddress(null, linkLocal, 2);

    assertThat(HostCandidates.attributes(List.of(scoped), 8189))
        .containsExactly("candidate:1 1 udp 2130706431 fe80::1 8189 typ host");
  }

  @Test
  void shouldReplaceLocalAddressesByPublicOnesOfTheirFamily() {
    List<InetAddress> local = List.of(PRIVATE_V4, PRIVATE_V6);

    assertThat(HostCandidates.advertised(local, List.of(PUBLIC_V4), false))
        .containsExactly(PUBLIC_V4, PRIVATE_V6);
    assertThat(HostCandidates.advertised(local, List.of(PUBLIC_V6, PUBLIC_V4), false))
        .containsExactly(PUBLIC_V6, PUBLIC_V4);
    assertThat(HostCandidates.advertised(local, List.of(), false)).isEqualTo(local);
  }

  @Test
  void shouldAdvertisePublicAddressesBeforeLocalOnesThatAreKept() {
    assertThat(
            HostCandidates.advertised(
                List.of(PRIVATE_V4, PUBLIC_V4, PRIVATE_V6), List.of(PUBLIC_V4), true))
        .containsExactly(PUBLIC_V4, PRIVATE_V4, PRIVATE_V6);
  }

  @Test
  void shouldRefuseWhatCannotBeSentTo() {
    for (String literal : new String[] {"0.0.0.0", "::", "224.0.0.1", "ff02::1"}) {
      assertThatThrownBy(() -> HostCandidates.attributes(List.of(ip(literal)), 8189))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (int port : new int[] {-1, 0, 65536}) {
      assertThatThrownBy(() -> HostCandidates.attributes(List.of(PUBLIC_V4), port))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
