package dev.sluice;

import dev.sluice.check.Check;

/** How the stream of a viewer is fitted to what its link carries. */
public final class RateOptions extends OptionGroup<RateOptions> {
  private static final int LEAST = 50_000;
  private static final int GREATEST = 1_000_000_000;
  private static final int LEAST_HINT = 200_000;

  /** A link carries the whole stream until it shows that it does not. */
  public static final RateOptions DEFAULT = new RateOptions();

  /** Every viewer gets the stream as it comes. */
  public static final RateOptions OFF = DEFAULT.withEnabled(false);

  private boolean enabled = true;
  private int start = GREATEST;
  private int least = LEAST;
  private int greatest = GREATEST;
  private int leastHint = LEAST_HINT;
  private boolean hintBySlowest;

  private RateOptions() {}

  /**
   * {@return whether links are estimated, by transport-wide feedback where the viewer offers that
   * and RTX, else by its receiver reports. Default true}
   */
  public boolean enabled() {
    return enabled;
  }

  /**
   * With or without estimation.
   *
   * @param estimated whether links are estimated
   * @return the changed options
   */
  public RateOptions withEnabled(boolean estimated) {
    return with(copy -> copy.enabled = estimated);
  }

  /**
   * {@return bits per second that a link is taken to carry until it shows otherwise, 50,000 to
   * 1,000,000,000. Default 1,000,000,000}
   */
  public int start() {
    return start;
  }

  /**
   * With another first estimate.
   *
   * @param bitrate bits per second that a link is taken to carry until it shows otherwise
   * @return the changed options
   */
  public RateOptions withStart(int bitrate) {
    return with(copy -> copy.start = bitrate);
  }

  /**
   * {@return bits per second that a link is taken to carry at the worst, 50,000 to 1,000,000,000
   * and at most {@link #start()}. Default 50,000}
   */
  public int least() {
    return least;
  }

  /**
   * With another lower limit.
   *
   * @param bitrate bits per second that a link is taken to carry at the worst
   * @return the changed options
   */
  public RateOptions withLeast(int bitrate) {
    return with(copy -> copy.least = bitrate);
  }

  /**
   * {@return bits per second that a viewer gets at the best, 50,000 to 1,000,000,000 and at least
   * {@link #start()}. Default 1,000,000,000}
   */
  public int greatest() {
    return greatest;
  }

  /**
   * With another upper limit.
   *
   * @param bitrate bits per second that a viewer gets at the best
   * @return the changed options
   */
  public RateOptions withGreatest(int bitrate) {
    return with(copy -> copy.greatest = bitrate);
  }

  /**
   * {@return bits per second below which no publisher is asked to go, 50,000 to 1,000,000,000; see
   * {@link Publisher#onBitrateHint}. Default 200,000}
   */
  public int leastHint() {
    return leastHint;
  }

  /**
   * With another floor of what publishers are told.
   *
   * @param bitrate bits per second below which no publisher is asked to go
   * @return the changed options
   */
  public RateOptions withLeastHint(int bitrate) {
    return with(copy -> copy.leastHint = bitrate);
  }

  /**
   * {@return whether a publisher is asked to send what the slowest viewer's link carries, and not
   * what the best one's does. Default false}
   */
  public boolean hintBySlowest() {
    return hintBySlowest;
  }

  /**
   * With or without regard to a single slow viewer.
   *
   * @param slowest whether the slowest viewer decides what a publisher is told
   * @return the changed options
   */
  public RateOptions withHintBySlowest(boolean slowest) {
    return with(copy -> copy.hintBySlowest = slowest);
  }

  void validate() {
    Check.range("rate.start", start, LEAST, GREATEST);
    Check.range("rate.least", least, LEAST, GREATEST);
    Check.range("rate.greatest", greatest, LEAST, GREATEST);
    Check.range("rate.leastHint", leastHint, LEAST, GREATEST);
    Check.option(least <= start, "rate.least", least, "at most rate.start, " + start);
    Check.option(start <= greatest, "rate.greatest", greatest, "at least rate.start, " + start);
  }
}
