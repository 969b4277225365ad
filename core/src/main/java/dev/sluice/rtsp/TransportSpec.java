package dev.sluice.rtsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One alternative of a Transport header (RFC 2326, section 12.39) that this server can serve: a
 * unicast RTP/AVP transport in which the client records.
 *
 * @param interleaved whether RTP comes in the RTSP connection; over UDP if not
 * @param rtp the client's channel or UDP port of RTP, -1 when it names none
 * @param rtcp the client's channel or UDP port of RTCP, -1 when it names none
 */
record TransportSpec(boolean interleaved, int rtp, int rtcp) {

  static final int NONE = -1;

  private static final Pattern PROTOCOL = Pattern.compile("RTP/AVPF?(/TCP|/UDP)?");
  private static final int MAX_ALTERNATIVES = 16;
  static final int MAX_CHANNEL = 255;
  private static final int MAX_PORT = 65_535;

  /**
   * Reads a Transport header.
   *
   * @return the alternatives that can be served, the client's first choice first
   */
  static List<TransportSpec> parse(String header) {
    List<TransportSpec> specs = new ArrayList<>();
    List<String> alternatives = split(header, ',');
    for (int i = 0; i < alternatives.size() && i < MAX_ALTERNATIVES; i++) {
      TransportSpec spec = parseAlternative(alternatives.get(i));
      if (spec != null) {
        specs.add(spec);
      }
    }
    return specs;
  }

  /** the client's channel or port of RTCP: the one it names, or else the one after RTP's */
  int rtcpOrNext() {
    return rtcp != NONE || rtp == NONE ? rtcp : rtp + 1;
  }

  private static @Nullable TransportSpec parseAlternative(String alternative) {
    List<String> parts = split(alternative, ';');
    String protocol = parts.get(0).toUpperCase(Locale.ROOT);
    if (!PROTOCOL.matcher(protocol).matches()) {
      return null;
    }
    // Some name the channels and leave TCP out.
    boolean interleaved =
        protocol.endsWith("/TCP") || parts.stream().anyMatch(TransportSpec::namesChannels);
    // Multicast is the default where the client says nothing, but no client that records means it.
    String portsName = interleaved ? "interleaved" : "client_port";
    int[] ports = {NONE, NONE};
    for (String parameter : parts.subList(1, parts.size())) {
      int equals = parameter.indexOf('=');
      String name = (equals < 0 ? parameter : parameter.substring(0, equals)).strip();
      String value = equals < 0 ? "" : parameter.substring(equals + 1).strip();
      boolean refused =
          name.equalsIgnoreCase("multicast")
              || name.equalsIgnoreCase("mode") && !includesRecord(value)
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

  private static boolean includesRecord(String mode) {
    for (String one : split(mode.replace("\"", ""), ',')) {
      if (one.equalsIgnoreCase("record") || one.equalsIgnoreCase("receive")) {
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
