package dev.sluice.rtsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One alternative of a Transport header (RFC 2326, section 12.39) that can be served: a unicast
 * RTP/AVP transport in which the client records or plays.
 *
 * @param interleaved whether RTP comes in the RTSP connection; over UDP if not
 * @param rtp the peer's channel or UDP port of RTP, -1 when it names none
 * @param rtcp the peer's channel or UDP port of RTCP, -1 when it names none
 */
record TransportSpec(boolean interleaved, int rtp, int rtcp) {

  static final int NONE = -1;
  static final String RECORD = "record";
  static final String PLAY = "play";

  private static final Pattern PROTOCOL = Pattern.compile("RTP/AVPF?(/TCP|/UDP)?");
  private static final int MAX_ALTERNATIVES = 16;
  static final int MAX_CHANNEL = 255;
  private static final int MAX_PORT = 65_535;

  /**
   * Reads a Transport header.
   *
   * @param mode what the client is to do, {@link #RECORD} or {@link #PLAY}
   * @return the alternatives that can be served, the client's first choice first
   */
  static List<TransportSpec> parse(String header, String mode) {
    return parse(header, mode, "client_port");
  }

  /**
   * Reads the Transport header of a server's response.
   *
   * @return what the server chose, with its own UDP ports; null when it is nothing that was asked
   *     for
   */
  static @Nullable TransportSpec parseAnswer(String header) {
    List<TransportSpec> specs = parse(header, PLAY, "server_port");
    return specs.isEmpty() ? null : specs.get(0);
  }

  private static List<TransportSpec> parse(String header, String mode, String udpPorts) {
    List<TransportSpec> specs = new ArrayList<>();
    List<String> alternatives = split(header, ',');
    for (int i = 0; i < alternatives.size() && i < MAX_ALTERNATIVES; i++) {
      TransportSpec spec = parseAlternative(alternatives.get(i), mode, udpPorts);
      if (spec != null) {
        specs.add(spec);
      }
    }
    return specs;
  }

  /** the peer's channel or port of RTCP: the one it names, or else the one after RTP's */
  int rtcpOrNext() {
    return rtcp != NONE || rtp == NONE ? rtcp : rtp + 1;
  }

  /**
   * Chooses the first alternative that can be served.
   *
   * @param udp whether UDP may be chosen
   * @param taken which interleaved channels are in use
   * @return interleaved with the channels to use, or UDP as the client asked for it; null for none
   */
  static @Nullable TransportSpec choose(
      List<TransportSpec> specs, boolean udp, IntPredicate taken) {
    for (TransportSpec spec : specs) {
      TransportSpec chosen = spec.interleaved ? spec.onFreeChannels(taken) : spec;
      if (chosen != null && (chosen.interleaved || udp)) {
        return chosen;
      }
    }
    return null;
  }

  /** with the channels that were asked for, unless they are in use; else the next free ones */
  private @Nullable TransportSpec onFreeChannels(IntPredicate taken) {
    int channel = rtp == NONE ? 0 : rtp;
    int next = rtp == NONE ? 1 : rtcpOrNext();
    while (rtp == NONE && next <= MAX_CHANNEL && (taken.test(channel) || taken.test(next))) {
      channel += 2;
      next += 2;
    }
    boolean free = next <= MAX_CHANNEL && !taken.test(channel) && !taken.test(next);
    return free ? new TransportSpec(true, channel, next) : null;
  }

  /** the Transport header that answers a chosen interleaved alternative */
  String interleavedHeader(String mode) {
    return "RTP/AVP/TCP;unicast;interleaved=" + rtp + "-" + rtcp + ";mode=" + mode;
  }

  /** the Transport header that answers a chosen alternative over UDP */
  String udpHeader(UdpMedia udp, String mode) {
    String clientPorts = rtp == NONE ? "" : ";client_port=" + rtp + "-" + rtcpOrNext();
    String serverPorts = ";server_port=" + udp.rtpPort() + "-" + udp.rtcpPort();
    return "RTP/AVP;unicast" + clientPorts + serverPorts + ";mode=" + mode;
  }

  private static @Nullable TransportSpec parseAlternative(
      String alternative, String mode, String udpPorts) {
    List<String> parts = split(alternative, ';');
    String protocol = parts.get(0).toUpperCase(Locale.ROOT);
    if (!PROTOCOL.matcher(protocol).matches()) {
      return null;
    }
    // Some name the channels and leave TCP out.
    boolean interleaved =
        protocol.endsWith("/TCP") || parts.stream().anyMatch(TransportSpec::namesChannels);
    // Multicast is the default where the client says nothing, but hardly a client means it.
    String portsName = interleaved ? "interleaved" : udpPorts;
    int[] ports = {NONE, NONE};
    for (String parameter : parts.subList(1, parts.size())) {
      int equals = parameter.indexOf('=');
      String name = (equals < 0 ? parameter : parameter.substring(0, equals)).strip();
      String value = equals < 0 ? "" : parameter.substring(equals + 1).strip();
      boolean refused =
          name.equalsIgnoreCase("multicast")
              || name.equalsIgnoreCase("mode") && !includes(value, mode)
              || name.equalsIgnoreCase(portsName) && !parseRange(value, ports);
      if (refused) {
        return null;
      }
    }
    TransportSpec spec = new TransportSpec(interleaved, ports[0], ports[1]);
    return spec.isInRange() ? spec : null;
  }

  private static boolean namesChannels(String parameter) {
    return parameter.regionMatches(true, 0, "interleaved", 0, "interleaved".length());
  }

  private boolean isInRange() {
    int least = interleaved ? 0 : 1;
    int most = interleaved ? MAX_CHANNEL : MAX_PORT;
    return rtp == NONE
        || rtp >= least && rtp <= most && rtcpOrNext() >= least && rtcpOrNext() <= most;
  }

  private static boolean includes(String modes, String mode) {
    for (String one : split(modes.replace("\"", ""), ',')) {
      if (one.equalsIgnoreCase(mode) || mode.equals(RECORD) && one.equalsIgnoreCase("receive")) {
        return true;
      }
    }
    return false;
  }

  private static boolean parseRange(String range, int[] ports) {
    int dash = range.indexOf('-');
    ports[0] = parseNumber(dash < 0 ? range : range.substring(0, dash));
    ports[1] = dash < 0 ? NONE : parseNumber(range.substring(dash + 1));
    return ports[0] != NONE && (dash < 0 || ports[1] != NONE && ports[1] != ports[0]);
  }

  private static int parseNumber(String text) {
    String digits = text.strip();
    if (digits.isEmpty() || digits.length() > 5) {
      return NONE;
    }
    int number = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return NONE;
      }
      number = 10 * number + digit;
    }
    return number;
  }

  /** Splits outside of quoted strings; at least one part, each without white space around it. */
  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        parts.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    parts.add(text.substring(start).strip());
    return parts;
  }
}
