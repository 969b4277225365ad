package dev.sluice;

/**
 * How the stream of a viewer is fitted to what its link carries.
 *
 * @param enabled whether links are estimated, by transport-wide feedback where the viewer offers
 *     that and RTX, else by its receiver reports
 * @param start bits per second that a link is taken to carry until it shows that it does not,
 *     50,000 to 1,000,000,000. Default 1,000,000,000
 * @param least bits per second that a link is taken to carry at the worst, 50,000 to 1,000,000,000
 *     and at most {@code start}. Default 50,000
 * @param greatest bits per second that a viewer gets at the best, 50,000 to 1,000,000,000 and at
 *     least {@code start}. Default 1,000,000,000
 */
public record RateOptions(boolean enabled, int start, int least, int greatest) {
  private static final int LEAST = 50_000;
  private static final int GREATEST = 1_000_000_000;

  /** Every viewer gets the stream as it comes. */
  public static final RateOptions OFF = new RateOptions(false, GREATEST, LEAST, GREATEST);

  /** A link carries the whole stream until it shows that it does not. */
  public static final RateOptions DEFAULT = new RateOptions(true, GREATEST, LEAST, GREATEST);

  /**
   * With other limits of a viewer.
   *
   * @param first bits per second that a link is taken to carry until it shows otherwise
   * @param worst bits per second that it is taken to carry at the worst
   * @param best bits per second that a viewer gets at the best
   * @return the changed options
   */
  public RateOptions withLimits(int first, int worst, int best) {
    return new RateOptions(enabled, first, worst, best);
  }

  void validate() {
    Check.range("rate.start", start, LEAST, GREATEST);
    Check.range("rate.least", least, LEAST, GREATEST);
    Check.range("rate.greatest", greatest, LEAST, GREATEST);
    Check.option(least <= start, "rate.least", least, "at most rate.start, " + start);
    Check.option(start <= greatest, "rate.greatest", greatest, "at least rate.start, " + start);
  }
}
