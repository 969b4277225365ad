package dev.sluice.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.OptionSet;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParameterException;

class ServerCommandTest {
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
    System.setOut(stream);
    System.setErr(stream);
  }

  @AfterEach
  void stopListening() {
    System.setOut(out);
    System.setErr(err);
  }

  @Test
  void shouldHaveTheUsualPortsOnTheLoopbackAddress() {
    ServerOptions options = ServerCommand.parse();

    assertThat(options.host().isLoopbackAddress()).isTrue();
    assertThat(options.webrtcHost().isAnyLocalAddress()).isTrue();
    assertThat(options.httpPort()).isEqualTo(8889);
    assertThat(options.rtspPort()).isEqualTo(8554);
    assertThat(options.webrtcPort()).isEqualTo(8189);
    assertThat(options.webrtcTcpPort()).isNull();
    assertThat(options.publicAddresses()).isNull();
    assertThat(options.optionSet()).isEqualTo(OptionSet.RESILIENT);
    assertThat(options.srtp()).isEqualTo(SrtpPreference.GCM);
    assertThat(options.consentTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(options.noRateControl()).isFalse();
    assertThat(options.fec()).isFalse();
    assertThat(options.warmUp()).isZero();
    assertThat(options.verbose()).isFalse();
  }

  @Test
  void shouldTakeEveryOption() throws Exception {
    ServerOptions options =
        ServerCommand.parse(
            "--host=0.0.0.0",
            "--no-rate-control",
            "--fec",
            "--webrtc-host=192.0.2.7",
            "--http-port=0",
            "--rtsp-port",
            "1",
            "--webrtc-port",
            "65535",
            "--webrtc-tcp-port=443",
            "--public-address",
            "192.0.2.1",
            "--public-address=2001:db8::1",
            "--option-set",
            "low-overhead",
            "--srtp",
            "aes-cm",
            "--verbose",
            "--warm-up=10",
            "--consent-timeout",
            "5");

    assertThat(options.host()).isEqualTo(InetAddress.getByName("0.0.0.0"));
    assertThat(options.webrtcHost()).isEqualTo(InetAddress.getByName("192.0.2.7"));
    assertThat(options.httpPort()).isZero();
    assertThat(options.rtspPort()).isOne();
    assertThat(options.webrtcPort()).isEqualTo(65_535);
    assertThat(options.webrtcTcpPort()).isEqualTo(443);
    assertThat(options.publicAddresses())
        .containsExactly(InetAddress.getByName("192.0.2.1"), InetAddress.getByName("2001:db8::1"));
    assertThat(options.optionSet()).isEqualTo(OptionSet.LOW_OVERHEAD);
    assertThat(options.srtp()).isEqualTo(SrtpPreference.AES_CM);
    assertThat(options.consentTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(options.noRateControl()).isTrue();
    assertThat(options.fec()).isTrue();
    assertThat(options.warmUp()).isEqualTo(Duration.ofSeconds(10));
    assertThat(options.verbose()).isTrue();
  }

  @Test
  void shouldTakeTheLastOfAnOptionThatIsGivenTwice() {
    ServerOptions options = ServerCommand.parse("--http-port=0", "--verbose", "--http-port=9000");

    assertThat(options.httpPort()).isEqualTo(9_000);
    assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--http-port=65536      | 65536 | a number from 0 to 65535",
        "--rtsp-port=x          | x     | a number from 0 to 65535",
        "--webrtc-port=-1       | -1    | a number from 0 to 65535",
        "--consent-timeout=4    | 4     | a number from 5 to 300",
        "--warm-up=61           | 61    | a number from 0 to 60",
        "--srtp=des             | des   | gcm or aes-cm",
        "--option-set=best      | best  | low-overhead or resilient",
        "--host=[::1            | [::1  | an IP address or a name known here",
        "--host=               | ''    | an IP address or a name known here",
      })
  void shouldSayWhatIsWrongAndWhatIsAllowed(String argument, String value, String allowed) {
    assertThatThrownBy(() -> ServerCommand.parse(argument))
        .isInstanceOf(ParameterException.class)
        .hasMessage(
            "Invalid value for option '%s': '%s' was given, allowed is %s",
            argument.substring(0, argument.indexOf('=')), value, allowed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--host", "--http-prt=1", "demo", "--verbose=yes", "--srtp=des"})
  void shouldRefuseWhatItDoesNotUnderstandAndSayWhereToLook(String argument) {
    int status = ServerCommand.execute(options -> {}, argument);

    assertThat(status).isEqualTo(2);
    assertThat(said.toString(StandardCharsets.UTF_8))
        .startsWith("Sluice cannot start: ")
        .contains(argument.replaceFirst("=.*", ""))
        .endsWith("--help lists the options and what they take." + System.lineSeparator());
  }

  @Test
  void shouldProposeTheOptionThatWasMeant() {
    ServerCommand.execute(options -> {}, "--http-prt=1");

    assertThat(said.toString(StandardCharsets.UTF_8)).contains("--http-port");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-h", "--help"})
  void shouldExplainEveryOptionInsteadOfStarting(String argument) {
    int status =
        ServerCommand.execute(
            options -> {
              throw new AssertionError("started");
            },
            "--verbose",
            argument);

    assertThat(status).isZero();
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("--http-port=PORT", "(8889)", "low-overhead or resilient (resilient)", "--help")
        .contains("Port 0 takes any free port.");
  }

  @Test
  void shouldExitWithOneWhenTheServerCannotStart() {
    int status =
        ServerCommand.execute(
            options -> {
              throw new StartupException("no room", new IllegalStateException());
            });

    assertThat(status).isOne();
    assertThat(said.toString(StandardCharsets.UTF_8)).startsWith("Sluice cannot start: no room");
  }
}
