package dev.sluice.benchmarks.attack;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an attack has done.
 *
 * @param attack which
 * @param times how often something was sent, opened or said
 * @param frames a second at a viewer that watches
 * @param heapMegabytes in use at its end, after a collection
 * @param residentMegabytes of the relay's process at its end
 * @param joinMillis from a new viewer's offer to its first packet
 * @param publishMillis from a new publisher's connection until it may send, the longest of several
 * @param problem what went wrong else
 */
record Outcome(
    Attack attack,
    long times,
    double frames,
    double heapMegabytes,
    double residentMegabytes,
    double joinMillis,
    double publishMillis,
    @Nullable String problem) {
  static final String HEADING =
      """
      | attack | times | frames/s | join, ms | publish, ms | heap, MB | process, MB | held |
      |---|---:|---:|---:|---:|---:|---:|---|
      """;

  boolean isHeld() {
    return Limit.USUAL.isHeld(this);
  }

  String row() {
    Limit limit = Limit.USUAL;
    return String.format(
        Locale.ROOT,
        "| %s | %,d | %.1f (%.0f) | %,.0f (%,.0f) | %,.0f (%,.0f) | %.1f (%.0f) | %.0f (%.0f) | %s |",
        attack.label(),
        times,
        frames,
        limit.leastFrames(),
        joinMillis,
        limit.mostWaitMillis(),
        publishMillis,
        limit.mostWaitMillis(),
        heapMegabytes,
        limit.mostHeapMegabytes(),
        residentMegabytes,
        limit.mostResidentMegabytes(),
        problem != null ? problem : isHeld() ? "yes" : "no");
  }
}
