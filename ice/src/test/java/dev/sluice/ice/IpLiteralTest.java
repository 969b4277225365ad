package dev.sluice.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralTest {
  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0.0.0.0",
    "192.0.2.255, 192.0.2.255",
    "::, 0:0:0:0:0:0:0:0",
    "::1, 0:0:0:0:0:0:0:1",
    "2001:db8::, 2001:db8:0:0:0:0:0:0",
    "2001:DB8::a:1, 2001:db8:0:0:0:0:a:1",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
    "1::3:4:5:6:7:8, 1:0:3:4:5:6:7:8",
    "64:ff9b::192.0.2.33, 64:ff9b:0:0:0:0:c000:221",
    "1:2:3:4:5:6:192.0.2.33, 1:2:3:4:5:6:c000:221",
    "::ffff:192.0.2.1, 192.0.2.1"
  })
  void shouldReadLiterals(String text, String expected) {
    InetAddress address = IpLiteral.parse(text);

    assertThat(address).isNotNull();
    assertThat(address.getHostAddress()).isEqualTo(expected);
  }

  /** RFC 5952, sections 4 and 2.2. */
  @ParameterizedTest
  @CsvSource({
    "192.0.2.255, 192.0.2.255",
    "0:0:0:0:0:0:0:0, ::",
    "0:0:0:0:0:0:0:1, ::1",
    "2001:0DB8:0:0:0:0:2:1, 2001:db8::2:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "1:0:0:0:0:0:0:0, 1::",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8"
  })
  void shouldWriteTheCanonicalForm(String text, String expected) {
    assertThat(IpLiteral.of(IpLiteral.parse(text))).isEqualTo(expected);
  }

  @Test
  void shouldReadWhatItWrites() throws Exception {
    Random random = new Random(5952);
    byte[] bytes = new byte[16];
    for (int i = 0; i < 10_000; i++) {
      for (int group = 0; group < 16; group += 2) {
        bytes[group + 1] = (byte) random.nextInt(2);
        bytes[group] = (byte) (random.nextInt(8) == 0 ? random.nextInt() : 0);
      }
      String text = IpLiteral.of(InetAddress.getByAddress(bytes));
      assertThat(IpLiteral.parse(text)).as(text).isEqualTo(InetAddress.getByAddress(bytes));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "localhost",
        "a.invalid",
        "ca0a0a11-6ee8-4a2c-9d64-d7b1ae4b3c2f.local",
        "1",
        "3232235777",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "01.2.3.4",
        "1.2.3.-4",
        "1.2.3.4 ",
        "1.2..4",
        "0x7f.0.0.1",
        "\u0661.2.3.4",
        ":",
        ":::",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "1:2:3:4:5:6:7::8:9",
        "1:2:3:4::5:6:7:8",
        "12345::",
        "g::",
        "::1.2.3",
        "1.2.3.4::",
        "::1.2.3.4:5",
        ":1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:",
        "fe80::1%eth0",
        "[::1]",
        "::\uff11"
      })
  void shouldReadNothingElse(String text) {
    assertThat(IpLiteral.parse(text)).isNull();
  }

  @Test
  void shouldReadWhatTheJdkWrites() throws Exception {
    Random random = new Random(4291);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
      random.nextBytes(bytes);
      InetAddress address = InetAddress.getByAddress(bytes);

      assertThat(IpLiteral.parse(address.getHostAddress())).isEqualTo(address);
    }
  }

  @Test
  void shouldNeverThrow() {
    Random random = new Random(5952);
    String alphabet = "0123456789abcdefg.:% -";
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(20); length > 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      InetAddress address = IpLiteral.parse(text.toString());
      if (address != null) {
        assertThat(IpLiteral.parse(address.getHostAddress())).isEqualTo(address);
      }
    }
  }
}
