package dev.sluice.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ice.IpLiteral;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedAddressTest {

  /** RFC 7239, sections 4 and 6. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Forwarded       | for=192.0.2.60;proto=http;by=203.0.113.43     | 192.0.2.60   | 0",
        "Forwarded       | For=\"[2001:db8:cafe::17]:4711\"              | 2001:db8:cafe::17 | 4711",
        "Forwarded       | for=192.0.2.43, proto=https;for=198.51.100.17 | 198.51.100.17 | 0",
        "forwarded       | for=\"192.0.2.43:47011\"                      | 192.0.2.43   | 47011",
        "X-Forwarded-For | 203.0.113.7, 192.0.2.9                        | 192.0.2.9    | 0",
        "x-forwarded-for | 2001:db8::9                                   | 2001:db8::9  | 0",
      })
  void shouldTakeTheOneThatTheNearestProxyAdded(
      String field, String value, String address, int port) {
    assertThat(ForwardedAddress.of(request(field, value)))
        .isEqualTo(new InetSocketAddress(IpLiteral.parse(address), port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "for=unknown",
        "for=_hidden",
        "for=relay.invalid",
        "for=192.0.2.999",
        "for=192.0.2.1:99999",
        "for=\"[::\"",
        "for=",
        "by=192.0.2.1",
        "",
        ",",
        "for=192.0.2.1, "
      })
  void shouldTakeNothingElse(String value) {
    assertThat(ForwardedAddress.of(request("Forwarded", value))).isNull();
  }

  @Test
  void shouldTakeNothingWithoutTheField() {
    assertThat(ForwardedAddress.of(request("Via", "1.1 192.0.2.1"))).isNull();
  }

  private static SignallingRequest request(String field, String value) {
    return new SignallingRequest("POST", "/cam/whep", Map.of(field, value), "");
  }
}
