package dev.sluice;

import java.time.Duration;

/**
 * How one event loop is.
 *
 * @param name of its thread
 * @param alive whether it still runs and its socket is open; false is for ever, and its sessions
 *     are gone
 * @param sinceLastTurn how long ago it last had a turn; one that is not held up has at least one a
 *     second, also when it has nothing to do
 * @param sessions on it, of viewers and of peers that publish
 */
public record LoopStatistics(String name, boolean alive, Duration sinceLastTurn, int sessions) {

  /** {@return whether it lives and has had no turn for longer than {@link EngineHealth#HELD_UP}} */
  public boolean isHeldUp() {
    return alive && sinceLastTurn.compareTo(EngineHealth.HELD_UP) > 0;
  }
}
