package dev.sluice.benchmarks.load;

import dev.sluice.benchmarks.load.relay.RelaySet;
import java.util.Arrays;
import java.util.List;

/**
 * One of the things that are compared.
 *
 * @param label as on the command line
 * @param set of options
 * @param reportMillis mean time between RTCP reports
 * @param loss share of the datagrams that are thrown away: by viewers, or by the kernel in a {@link
 *     LossyNetwork}
 * @param relayLoops event loops of the relay
 * @param mdnsRate announcements a second that other hosts make on the link
 */
record Variant(
    String label, RelaySet set, int reportMillis, double loss, int relayLoops, int mdnsRate) {

  static List<Variant> parseAll(String text, int relayLoops) {
    return Arrays.stream(text.split(",")).map(one -> parse(one, relayLoops)).toList();
  }

  private static Variant parse(String text, int defaultLoops) {
    String[] parts = text.split(":");
    RelaySet set = RelaySet.valueOf(parts[0]);
    int report = set.reportMillis();
    double loss = 0;
    int loops = defaultLoops;
    int mdns = 0;
    for (int i = 1; i < parts.length; i++) {
      String[] pair = parts[i].split("=");
      switch (pair[0]) {
        case "report" -> report = Integer.parseInt(pair[1]);
        case "loss" -> loss = Double.parseDouble(pair[1]);
        case "mdns" -> mdns = Integer.parseInt(pair[1]);
        case "loops" -> loops = Integer.parseInt(pair[1]);
        default -> throw new IllegalArgumentException("'" + parts[i] + "' in variant " + text);
      }
    }
    return new Variant(text, set, report, loss, loops, mdns);
  }
}
