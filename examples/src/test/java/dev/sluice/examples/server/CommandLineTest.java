package dev.sluice.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.OptionSet;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  @Test
  void shouldHaveTheUsualPortsOnTheLoopbackAddress() throws Exception {
    ServerOptions options = CommandLine.parse();

    assertThat(options.host().isLoopbackAddress()).isTrue();
    assertThat(options.webrtcHost().isAnyLocalAddress()).isTrue();
    assertThat(options.httpPort()).isEqualTo(8889);
    assertThat(options.rtspPort()).isEqualTo(8554);
    assertThat(options.webrtcPort()).isEqualTo(8189);
    assertThat(options.publicAddresses()).isEmpty();
    assertThat(options.optionSet()).isEqualTo(OptionSet.RESILIENT);
    assertThat(options.srtp()).isEqualTo(SrtpPreference.GCM);
    assertThat(options.consentTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(options.verbose()).isFalse();
  }

  @Test
  void shouldTakeEveryOption() throws Exception {
    ServerOptions options =
        CommandLine.parse(
            "--host=0.0.0.0",
            "--webrtc-host=192.0.2.7",
            "--http-port=0",
            "--rtsp-port",
            "1",
            "--webrtc-port",
            "65535",
            "--public-address",
            "192.0.2.1",
            "--public-address=2001:db8::1",
            "--option-set",
            "low-overhead",
            "--srtp",
            "aes-cm",
            "--verbose",
            "--consent-timeout",
            "5");

    assertThat(options)
        .isEqualTo(
            new ServerOptions(
                InetAddress.getByName("0.0.0.0"),
                InetAddress.getByName("192.0.2.7"),
                0,
                1,
                65_535,
                List.of(InetAddress.getByName("192.0.2.1"), InetAddress.getByName("2001:db8::1")),
                OptionSet.LOW_OVERHEAD,
                SrtpPreference.AES_CM,
                Duration.ofSeconds(5),
                true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--http-port=65536      | --http-port is '65536', allowed is a number from 0 to 65535",
        "--rtsp-port=x          | --rtsp-port is 'x', allowed is a number from 0 to 65535",
        "--webrtc-port=-1       | --webrtc-port is '-1', allowed is a number from 0 to 65535",
        "--consent-timeout=4    | --consent-timeout is '4', allowed is a number from 5 to 300",
        "--srtp=des             | --srtp is 'des', allowed is gcm or aes-cm",
        "--option-set=best      | --option-set is 'best', allowed is low-overhead or resilient",
        "--host=[::1            | --host is '[::1', which is no address known here",
        "--host                 | --host needs a value",
        "--host=                | --host needs a value",
        "--port=1               | --port is not an option; --help lists them",
        "demo                   | demo is not an option; --help lists them",
        "--verbose=yes          | --verbose is not an option; --help lists them",
      })
  void shouldSayWhatIsWrongAndWhatIsAllowed(String argument, String message) {
    assertThatThrownBy(() -> CommandLine.parse(argument))
        .isInstanceOf(UsageException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-h", "--help"})
  void shouldKnowWhenHelpIsAskedFor(String argument) {
    assertThat(CommandLine.asksForHelp("--http-port", argument)).isTrue();
    assertThat(CommandLine.asksForHelp("--http-port")).isFalse();
  }

  @Test
  void shouldKnowEveryOptionThatItsHelpLists() {
    List<String> listed =
        Pattern.compile("^ +(--[a-z-]+)", Pattern.MULTILINE)
            .matcher(CommandLine.HELP)
            .results()
            .map(match -> match.group(1))
            .filter(name -> !name.equals("--help"))
            .toList();

    assertThat(listed).hasSize(10);
    for (String name : listed) {
      try {
        CommandLine.parse(name);
      } catch (UsageException missing) {
        assertThat(missing).hasMessage(name + " needs a value");
      }
    }
  }
}
