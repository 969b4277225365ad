package dev.sluice;

import dev.sluice.check.Check;
import java.time.Duration;

/**
 * How long a viewer is to hold pictures back before it shows them, so that they come evenly. Both 0
 * asks it to show each at once.
 *
 * @param least time from capture to display that it should not go below, 0 to 40.95 s
 * @param greatest time that it should not exceed, {@code least} to 40.95 s
 */
public record PlayoutDelay(Duration least, Duration greatest) {
  private static final Duration LONGEST = Duration.ofMillis(40_950);

  /**
   * Checks both.
   *
   * @param least see above
   * @param greatest see above
   */
  public PlayoutDelay {
    Check.range("playoutDelay.least", least, Duration.ZERO, LONGEST);
    Check.range("playoutDelay.greatest", greatest, least, LONGEST);
  }
}
