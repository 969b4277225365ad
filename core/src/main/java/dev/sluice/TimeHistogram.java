package dev.sluice;

import java.time.Duration;
import java.util.List;

/**
 * How long things took, counted in buckets that are always the same.
 *
 * @param counts one for each of {@link #BOUNDS}, of what took at most that long and longer than the
 *     bound before it; the last one is of all that took longer
 * @param total of all times together
 */
public record TimeHistogram(List<Long> counts, Duration total) {

  /** the upper bounds of the buckets, ascending */
  public static final List<Duration> BOUNDS =
      List.of(
          Duration.ofMillis(50),
          Duration.ofMillis(100),
          Duration.ofMillis(200),
          Duration.ofMillis(300),
          Duration.ofMillis(500),
          Duration.ofMillis(750),
          Duration.ofSeconds(1),
          Duration.ofMillis(1_500),
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30));

  /**
   * Makes the list immutable.
   *
   * @param counts see above
   * @param total see above
   */
  public TimeHistogram {
    counts = List.copyOf(counts);
  }

  /** {@return how many things were timed} */
  public long count() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }
}
