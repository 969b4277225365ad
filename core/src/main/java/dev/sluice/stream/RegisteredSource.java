package dev.sluice.stream;

import dev.sluice.spi.SourceOnDemand;
import java.time.Duration;

/**
 * A source with its times, which are asked once: it is the host's code.
 *
 * @param patience how long who wants a stream waits for it
 * @param linger how long a stream is kept that nobody wants
 */
record RegisteredSource(SourceOnDemand source, Duration patience, Duration linger) {
  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST_PATIENCE = Duration.ofMinutes(5);
  private static final Duration MOST_LINGER = Duration.ofHours(1);

  /**
   * Reads a source's times.
   *
   * @throws IllegalArgumentException for times that are not allowed
   */
  static RegisteredSource of(SourceOnDemand source) {
    return new RegisteredSource(
        source,
        check("patience", source.patience(), MOST_PATIENCE),
        check("linger", source.linger(), MOST_LINGER));
  }

  private static Duration check(String option, Duration value, Duration most) {
    if (value.compareTo(LEAST) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "%s is %s, allowed is %s to %s".formatted(option, value, LEAST, most));
    }
    return value;
  }
}
