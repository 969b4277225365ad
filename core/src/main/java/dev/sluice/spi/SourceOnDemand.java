package dev.sluice.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Publishes streams because somebody wants them: a camera that is connected to only while it is
 * watched, a file that is played when it is asked for.
 */
@FunctionalInterface
public interface SourceOnDemand {

  /**
   * Somebody wants a stream that nobody publishes. Where this source has it, it begins to publish
   * it under that name, now or later, and goes on until it is told that nobody wants it any more;
   * no source is asked for the stream again before that call has returned.
   *
   * @param streamName as {@link dev.sluice.StreamName} spells it; perhaps made up by a stranger
   * @return run once, when nobody has watched, read or waited for the stream for {@link #linger};
   *     null where this source has no such stream. Both are called on any thread, must return soon,
   *     and what they throw is logged
   */
  @Nullable Runnable start(String streamName);

  /**
   * {@return how long who wants a stream waits for it to be published, 1 s to 5 min; by default 10
   * s}
   */
  default Duration patience() {
    return Duration.ofSeconds(10);
  }

  /** {@return how long a stream is kept that nobody wants, 1 s to 1 h; by default 10 s} */
  default Duration linger() {
    return Duration.ofSeconds(10);
  }

  /** That a source is asked for streams. */
  interface Registration extends AutoCloseable {

    /** Asks the source no more, and tells it that nobody wants what it publishes. */
    @Override
    void close();
  }
}
