package dev.sluice.pull;

import dev.sluice.check.Check;
import java.time.Duration;

/**
 * Options of a stream that is fetched from elsewhere, whatever the protocol. Each method checks its
 * value and throws an IllegalArgumentException that names the option, the value and what is
 * allowed.
 *
 * @param <B> the builder itself
 */
public abstract class PullBuilder<B extends PullBuilder<B>> {
  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofHours(1);
  private static final Duration MOST_PATIENCE = Duration.ofMinutes(5);
  private static final Duration LEAST_RETRY = Duration.ofMillis(100);

  private boolean onDemand;
  private Duration linger = Duration.ofSeconds(10);
  private Duration patience = Duration.ofSeconds(10);
  private Duration responseTimeout = Duration.ofSeconds(5);
  private Duration mediaTimeout = Duration.ofSeconds(10);
  private Duration leastRetry = Duration.ofSeconds(1);
  private Duration mostRetry = Duration.ofSeconds(30);

  /** Begins with the defaults. */
  protected PullBuilder() {}

  /** {@return this} */
  protected abstract B self();

  /**
   * Sets whether the source is connected to only while somebody wants its stream. Default false:
   * always.
   *
   * @param demanded see {@link dev.sluice.RelayEngine#onDemand}
   * @return this
   */
  public final B onDemand(boolean demanded) {
    onDemand = demanded;
    return self();
  }

  /**
   * Sets how long a source on demand is kept that nobody wants. Default 10 s.
   *
   * @param time 1 s to 1 h
   * @return this
   */
  public final B linger(Duration time) {
    linger = Check.range("linger", time, LEAST, MOST);
    return self();
  }

  /**
   * Sets how long a viewer waits for a source on demand. Default 10 s.
   *
   * @param time 1 s to 5 min
   * @return this
   */
  public final B patience(Duration time) {
    patience = Check.range("patience", time, LEAST, MOST_PATIENCE);
    return self();
  }

  /**
   * Sets how long connecting may take, and each response. Default 5 s.
   *
   * @param timeout 1 s to 5 min
   * @return this
   */
  public final B responseTimeout(Duration timeout) {
    responseTimeout = Check.range("responseTimeout", timeout, LEAST, MOST_PATIENCE);
    return self();
  }

  /**
   * Sets after which time without media the source is connected to anew. Default 10 s.
   *
   * @param timeout 1 s to 1 h
   * @return this
   */
  public final B mediaTimeout(Duration timeout) {
    mediaTimeout = Check.range("mediaTimeout", timeout, LEAST, MOST);
    return self();
  }

  /**
   * Sets the time before a connection is tried again. It doubles with each failure in a row, and is
   * cut by up to its half at random. Default 1 s.
   *
   * @param time 100 ms to 1 h
   * @return this
   */
  public final B leastRetry(Duration time) {
    leastRetry = Check.range("leastRetry", time, LEAST_RETRY, MOST);
    return self();
  }

  /**
   * Sets up to what that time grows, which is also how long a source is left alone that refuses the
   * credentials. Default 30 s.
   *
   * @param time 100 ms to 1 h; less than the least counts as that
   * @return this
   */
  public final B mostRetry(Duration time) {
    mostRetry = Check.range("mostRetry", time, LEAST_RETRY, MOST);
    return self();
  }

  /** {@return what was set} */
  protected final PullTimes times() {
    return new PullTimes(
        onDemand,
        linger,
        patience,
        responseTimeout.toNanos(),
        mediaTimeout.toNanos(),
        leastRetry.toNanos(),
        Math.max(leastRetry.toNanos(), mostRetry.toNanos()));
  }
}
