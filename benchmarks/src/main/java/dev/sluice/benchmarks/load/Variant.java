package dev.sluice.benchmarks.load;

import dev.sluice.benchmarks.bottleneck.LinkShape;
import dev.sluice.benchmarks.load.relay.RelaySet;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
 * @param joins viewers a second that join and leave again, once all else was measured
 * @param slow viewers in all, behind links of {@link #SLOW_LINK}
 * @param handshakeThreads of the relay; 0 for its own choice
 * @param publishing how its streams come; null for as the scenario has it
 * @param warmUpSeconds of the relay, before it serves anybody
 * @param server of somebody else that is measured in the relay's place; null for none
 */
record Variant(
    String label,
    RelaySet set,
    int reportMillis,
    double loss,
    int relayLoops,
    int mdnsRate,
    int joins,
    int slow,
    int handshakeThreads,
    Scenario.@Nullable Publishing publishing,
    int warmUpSeconds,
    @Nullable WhepServer server) {
  private static final List<Scenario.Publishing> PACED =
      List.of(Scenario.Publishing.PUSH, Scenario.Publishing.RTSP, Scenario.Publishing.WHIP);

  /** half of a common stream */
  static final LinkShape SLOW_LINK =
      LinkShape.UNLIMITED.with("rate=1000000").with("queue=200").with("delay=20");

  static Variant of(WhepServer server) {
    return new Variant(server.name(), RelaySet.RESILIENT, 0, 0, 0, 0, 0, 0, 0, null, 0, server);
  }

  /** whether nothing is lost on purpose and nobody comes and goes */
  boolean isSteady() {
    return loss == 0 && joins == 0 && slow == 0;
  }

  /** whether that viewer is one of the slow ones, which are spread among all */
  boolean isSlow(int viewer, int all) {
    return viewer * slow / all < (viewer + 1) * slow / all;
  }

  /**
   * Reads variants.
   *
   * @throws IllegalArgumentException for what is not known; the message says what is
   */
  static List<Variant> parseAll(String text, int relayLoops) {
    return Arrays.stream(text.split(","))
        .filter(one -> !one.isEmpty())
        .map(one -> parse(one, relayLoops))
        .toList();
  }

  private static Variant parse(String text, int defaultLoops) {
    String[] parts = text.split(":");
    RelaySet set = set(parts[0]);
    int report = set.reportMillis();
    double loss = 0;
    int loops = defaultLoops;
    int mdns = 0;
    int joins = 0;
    int slow = 0;
    int handshakes = 0;
    Scenario.Publishing publishing = null;
    int warmUp = 0;
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      String value = parts[i].substring(equals + 1);
      switch (equals < 0 ? "" : parts[i].substring(0, equals)) {
        case "report" -> report = Integer.parseInt(value);
        case "loss" -> loss = Double.parseDouble(value);
        case "mdns" -> mdns = Integer.parseInt(value);
        case "joins" -> joins = Integer.parseInt(value);
        case "slow" -> slow = Integer.parseInt(value);
        case "handshakes" -> handshakes = Integer.parseInt(value);
        case "publish" -> publishing = publishing(value);
        case "warm" -> warmUp = Integer.parseInt(value);
        case "loops" -> loops = Integer.parseInt(value);
        default ->
            throw new IllegalArgumentException(
                ("'%s' in '%s' is none of report=, loss=, loops=, mdns=, joins=, slow=, handshakes=,"
                        + " publish= and warm=")
                    .formatted(parts[i], text));
      }
    }
    return new Variant(
        text, set, report, loss, loops, mdns, joins, slow, handshakes, publishing, warmUp, null);
  }

  private static RelaySet set(String name) {
    return Arrays.stream(RelaySet.values())
        .filter(set -> set.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is none of %s".formatted(name, Arrays.toString(RelaySet.values()))));
  }

  private static Scenario.Publishing publishing(String word) {
    return PACED.stream()
        .filter(way -> way.name().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("'%s' is none of %s".formatted(word, PACED)));
  }
}
