package dev.sluice.rate;

/**
 * Whether delay grows: the slope of a line through the smoothed delays of the last groups, against
 * a threshold that follows it, so that traffic of others that reacts to loss alone does not starve
 * this viewer (draft-ietf-rmcat-gcc-02, sections 5.3 and 5.4, with a line in the place of the
 * Kalman filter, as libwebrtc has it since).
 */
final class Trend {
  private static final int WINDOW = 20;
  private static final float SMOOTHING = 0.9f;
  private static final double GAIN = 4 * 60;
  private static final double FIRST_THRESHOLD = 12.5;
  private static final double LEAST_THRESHOLD = 6;
  private static final double GREATEST_THRESHOLD = 600;
  private static final double RISE = 0.0087;
  private static final double FALL = 0.039;
  private static final double LARGEST_STEP_FROM_THRESHOLD = 15;
  private static final double LARGEST_STEP_MILLIS = 100;
  private static final double MICROS_PER_MILLI = 1e3;
  private static final float NANOS_PER_MILLI = 1e6f;

  private final int[] arrivalMicros = new int[WINDOW];
  private final float[] delayMillis = new float[WINDOW];
  private int count;
  private int newest;
  private long firstDelay;
  private float smoothed;
  private double threshold = FIRST_THRESHOLD;
  private double last;
  private boolean above;
  private LinkUse use = LinkUse.NORMAL;

  LinkUse use() {
    return use;
  }

  void clear() {
    count = 0;
    above = false;
    use = LinkUse.NORMAL;
  }

  void add(long arrivalNanos, long delayNanos) {
    if (count == 0) {
      firstDelay = delayNanos;
      smoothed = 0;
    }
    int before = arrivalMicros[newest];
    newest = (newest + 1) % WINDOW;
    arrivalMicros[newest] = (int) (arrivalNanos / 1_000);
    smoothed += (1 - SMOOTHING) * ((delayNanos - firstDelay) / NANOS_PER_MILLI - smoothed);
    delayMillis[newest] = smoothed;
    count = Math.min(count + 1, WINDOW);
    if (count == WINDOW) {
      judge(slope() * GAIN, (arrivalMicros[newest] - before) / MICROS_PER_MILLI);
    }
  }

  /** two groups in a row have to be above the threshold, and the later one not less so */
  private void judge(double trend, double elapsedMillis) {
    if (trend <= threshold) {
      use = trend < -threshold ? LinkUse.UNDER : LinkUse.NORMAL;
    } else if (above && trend >= last) {
      use = LinkUse.OVER;
    }
    above = trend > threshold;
    last = trend;
    adapt(Math.abs(trend) - threshold, elapsedMillis);
  }

  private void adapt(double distance, double elapsedMillis) {
    if (distance <= LARGEST_STEP_FROM_THRESHOLD) {
      double gain = distance < 0 ? FALL : RISE;
      double millis = Math.max(0, Math.min(elapsedMillis, LARGEST_STEP_MILLIS));
      double moved = threshold + gain * distance * millis;
      threshold = Math.max(LEAST_THRESHOLD, Math.min(GREATEST_THRESHOLD, moved));
    }
  }

  /** of the line by least squares, without dimension */
  private double slope() {
    int newestArrival = arrivalMicros[newest];
    float newestDelay = delayMillis[newest];
    double arrivals = 0;
    double delays = 0;
    double products = 0;
    double squares = 0;
    for (int i = 0; i < WINDOW; i++) {
      double arrival = arrivalMicros[i] - newestArrival;
      double delay = delayMillis[i] - newestDelay;
      arrivals += arrival;
      delays += delay;
      products += arrival * delay;
      squares += arrival * arrival;
    }
    double variance = WINDOW * squares - arrivals * arrivals;
    double covariance = WINDOW * products - arrivals * delays;
    return variance <= 0 ? 0 : MICROS_PER_MILLI * covariance / variance;
  }
}
