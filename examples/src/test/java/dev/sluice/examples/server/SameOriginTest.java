package dev.sluice.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameOriginTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8889, http://127.0.0.1:8889",
    "127.0.0.1:8889,",
    "localhost:8889, http://localhost:8889",
    "[::1]:8889,     http://[::1]:8889",
    "192.0.2.7,      https://192.0.2.7",
  })
  void shouldAllowItsOwnPageAndProgramsThatAreNoBrowsers(String host, String origin) {
    assertThat(SameOrigin.allows(host, origin)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8889, http://example.org",
    "127.0.0.1:8889, http://127.0.0.1:8890",
    "127.0.0.1:8889, http://localhost:8889",
    "127.0.0.1:8889, null",
    "127.0.0.1:8889, http://[",
    "127.0.0.1:8889, ''",
  })
  void shouldRefusePagesOfOtherOrigins(String host, String origin) {
    assertThat(SameOrigin.allows(host, origin)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "rebound.example:8889,   http://rebound.example:8889",
    "127.0.0.1.example:8889,",
    "localhost.example,",
    "[]:8889,",
    "'',",
  })
  void shouldRefuseNamesThatWereMadeToLeadHere(String host, String origin) {
    assertThat(SameOrigin.allows(host, origin)).isFalse();
  }

  @Test
  void shouldRefuseARequestWithoutHost() {
    assertThat(SameOrigin.allows(null, null)).isFalse();
  }
}
