package dev.sluice;

import java.time.Duration;
import java.util.List;

/**
 * Whether an engine can relay, for a health check.
 *
 * @param open false once it was closed
 * @param transport what carries datagrams: EPOLL or NIO
 * @param segmenting whether runs of packets leave as segmented datagrams at this moment
 * @param loops how each event loop is
 */
public record EngineHealth(
    boolean open, String transport, boolean segmenting, List<LoopStatistics> loops) {

  /** an event loop that had no turn for longer is held up; at rest it has one a second */
  public static final Duration HELD_UP = Duration.ofSeconds(3);

  /**
   * Makes the list immutable.
   *
   * @param open see above
   * @param transport see above
   * @param segmenting see above
   * @param loops see above
   */
  public EngineHealth {
    loops = List.copyOf(loops);
  }

  /** {@return whether it is open, and all its event loops live and have their turns} */
  public boolean isUp() {
    return open && loops.stream().allMatch(loop -> loop.alive() && !loop.isHeldUp());
  }
}
