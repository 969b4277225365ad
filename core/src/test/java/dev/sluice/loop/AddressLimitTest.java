package dev.sluice.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class AddressLimitTest {
  private final AddressLimit limit = new AddressLimit(2);

  private boolean enters(String address) throws UnknownHostException {
    return limit.tryEnter(InetAddress.getByName(address));
  }

  @Test
  void shouldLimitEachAddressOnItsOwn() throws UnknownHostException {
    assertThat(enters("10.0.0.1")).isTrue();
    assertThat(enters("10.0.0.1")).isTrue();
    assertThat(enters("10.0.0.1")).isFalse();
    assertThat(enters("10.0.0.2")).isTrue();
    limit.leave(InetAddress.getByName("10.0.0.1"));
    assertThat(enters("10.0.0.1")).isTrue();
  }

  @Test
  void shouldTakeAnIpv6NetworkForOneAddress() throws UnknownHostException {
    assertThat(enters("2001:db8::1")).isTrue();
    assertThat(enters("2001:db8::2")).isTrue();
    assertThat(enters("2001:db8::3")).isFalse();
    assertThat(enters("2001:db8:0:1::3")).isTrue();
  }
}
