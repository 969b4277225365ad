package dev.sluice.examples.server;

import dev.sluice.DisconnectReason;
import dev.sluice.Viewer;
import java.util.EnumMap;
import java.util.Map;

/** Counts viewers that came and went since the start, and keeps what those that went were sent. */
final class SessionTotals {

  /**
   * The counts at some moment.
   *
   * @param joins viewers that were connected
   * @param disconnects how many are gone, by reason; those that never connected too
   */
  record Counts(long joins, Map<DisconnectReason, Long> disconnects) {}

  private final Map<DisconnectReason, Long> disconnects = new EnumMap<>(DisconnectReason.class);
  private Traffic departed = Traffic.NONE;
  private long joins;

  synchronized void joined() {
    joins++;
  }

  synchronized void left(Viewer viewer, DisconnectReason reason) {
    disconnects.merge(reason, 1L, Long::sum);
    departed = departed.plus(Traffic.of(viewer));
  }

  synchronized Counts counts() {
    return new Counts(joins, new EnumMap<>(disconnects));
  }

  /** of viewers that are gone */
  synchronized Traffic departed() {
    return departed;
  }
}
