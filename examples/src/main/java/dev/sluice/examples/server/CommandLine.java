package dev.sluice.examples.server;

import dev.sluice.OptionSet;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** Reads the arguments of {@link RelayServer}: {@code --name value} or {@code --name=value}. */
final class CommandLine {
  static final String HELP =
      """
      Relays H.264 streams from RTSP encoders to WebRTC viewers.

        --host ADDRESS             local address of page, WHEP and RTSP (127.0.0.1)
          --webrtc-host ADDRESS      local address of media (0.0.0.0, all interfaces, since
                                     browsers do not reach a relay by loopback alone)
        --http-port PORT           page and WHEP, TCP (8889)
        --rtsp-port PORT           encoders publish here, TCP (8554)
        --webrtc-port PORT         media of all viewers, UDP (8189)
        --public-address ADDRESS   where viewers reach the UDP port, for a host behind
                                   1:1 NAT; may be given several times
        --option-set NAME          low-overhead or resilient (resilient)
        --srtp NAME                preferred encryption, gcm or aes-cm (gcm)
        --consent-timeout SECONDS  silence after which a viewer is gone, 5 to 300 (30)
        --verbose                  log what happens, not only what goes wrong
        --help                     show this text

      Port 0 takes any free port.
      """;

  private static final int MAX_PORT = 65_535;

  private InetAddress host = InetAddress.getLoopbackAddress();
  private InetAddress webrtcHost = new InetSocketAddress("0.0.0.0", 0).getAddress();
  private int httpPort = 8889;
  private int rtspPort = 8554;
  private int webrtcPort = 8189;
  private final List<InetAddress> publicAddresses = new ArrayList<>();
  private OptionSet optionSet = OptionSet.RESILIENT;
  private SrtpPreference srtp = SrtpPreference.GCM;
  private Duration consentTimeout = Duration.ofSeconds(30);
  private boolean verbose;

  private CommandLine() {}

  static boolean asksForHelp(String... args) {
    return Arrays.stream(args).anyMatch(arg -> arg.equals("--help") || arg.equals("-h"));
  }

  static ServerOptions parse(String... args) throws UsageException {
    CommandLine line = new CommandLine();
    Deque<String> words = new ArrayDeque<>(Arrays.asList(args));
    while (!words.isEmpty()) {
      line.take(words);
    }
    return line.options();
  }

  private void take(Deque<String> words) throws UsageException {
    String word = words.pop();
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    if (equals >= 0) {
      words.push(word.substring(equals + 1));
    }
    if (name.equals("--verbose") && equals < 0) {
      verbose = true;
    } else {
      set(name, words);
    }
  }

  private void set(String name, Deque<String> words) throws UsageException {
    switch (name) {
      case "--host" -> host = address(name, value(name, words));
      case "--webrtc-host" -> webrtcHost = address(name, value(name, words));
      case "--http-port" -> httpPort = number(name, value(name, words), 0, MAX_PORT);
      case "--rtsp-port" -> rtspPort = number(name, value(name, words), 0, MAX_PORT);
      case "--webrtc-port" -> webrtcPort = number(name, value(name, words), 0, MAX_PORT);
      case "--public-address" -> publicAddresses.add(address(name, value(name, words)));
      case "--option-set" -> optionSet = choice(name, value(name, words), OptionSet.values());
      case "--srtp" -> srtp = choice(name, value(name, words), SrtpPreference.values());
      case "--consent-timeout" ->
          consentTimeout = Duration.ofSeconds(number(name, value(name, words), 5, 300));
      default -> throw new UsageException(name + " is not an option; --help lists them");
    }
  }

  private ServerOptions options() {
    return new ServerOptions(
        host,
        webrtcHost,
        httpPort,
        rtspPort,
        webrtcPort,
        publicAddresses,
        optionSet,
        srtp,
        consentTimeout,
        verbose);
  }

  private static String value(String name, Deque<String> words) throws UsageException {
    String value = words.poll();
    if (value == null || value.isEmpty()) {
      throw new UsageException(name + " needs a value");
    }
    return value;
  }

  private static int number(String name, String value, int least, int most) throws UsageException {
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException ignored) {
      // said below
    }
    throw new UsageException(
        name + " is '" + value + "', allowed is a number from " + least + " to " + most);
  }

  private static InetAddress address(String name, String value) throws UsageException {
    try {
      return InetAddress.getByName(value);
    } catch (UnknownHostException unknown) {
      throw new UsageException(name + " is '" + value + "', which is no address known here");
    }
  }

  private static <E extends Enum<E>> E choice(String name, String value, E[] choices)
      throws UsageException {
    List<String> names = new ArrayList<>();
    for (E choice : choices) {
      String spelling = choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
      if (spelling.equals(value)) {
        return choice;
      }
      names.add(spelling);
    }
    throw new UsageException(
        name + " is '" + value + "', allowed is " + String.join(" or ", names));
  }
}
