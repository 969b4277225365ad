package dev.sluice.stream;

import dev.sluice.check.Check;
import dev.sluice.spi.SourceOnDemand;
import java.time.Duration;

/**
 * A source with its times, which are asked once: it is the host's code. The same source may be
 * registered several times, which are told apart.
 */
final class RegisteredSource {
  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST_PATIENCE = Duration.ofMinutes(5);
  private static final Duration MOST_LINGER = Duration.ofHours(1);

  private final SourceOnDemand source;
  private final Duration patience;
  private final Duration linger;

  /**
   * Reads a source's times.
   *
   * @throws IllegalArgumentException for times that are not allowed
   */
  RegisteredSource(SourceOnDemand source) {
    this.source = source;
    patience = Check.range("patience", source.patience(), LEAST, MOST_PATIENCE);
    linger = Check.range("linger", source.linger(), LEAST, MOST_LINGER);
  }

  SourceOnDemand source() {
    return source;
  }

  /** how long who wants a stream waits for it */
  Duration patience() {
    return patience;
  }

  /** how long a stream is kept that nobody wants */
  Duration linger() {
    return linger;
  }
}
