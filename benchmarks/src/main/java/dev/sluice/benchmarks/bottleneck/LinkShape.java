package dev.sluice.benchmarks.bottleneck;

/**
 * What a link is like, as {@code name=value} says it.
 *
 * @param rate bits per second of UDP payload
 * @param queueMillis how much of the rate waits at most, at least 16 kB
 * @param delayMillis one way
 * @param jitterMillis mean of an exponentially distributed delay that comes on top
 * @param loss share of datagrams lost at random
 * @param burstStart how likely a burst of losses begins at a datagram
 * @param burstEnd how likely it ends at one
 */
public record LinkShape(
    long rate,
    int queueMillis,
    int delayMillis,
    int jitterMillis,
    double loss,
    double burstStart,
    double burstEnd) {

  /** carries whatever is sent */
  public static final LinkShape UNLIMITED = new LinkShape(1_000_000_000, 200, 0, 0, 0, 0, 1);

  /**
   * Changes one value.
   *
   * @param setting for example {@code rate=1400000} or {@code loss=0.05}
   * @return the link with that value
   * @throws IllegalArgumentException for what is not known
   */
  public LinkShape with(String setting) {
    String[] words = setting.strip().split("=", 2);
    if (words.length < 2) {
      throw new IllegalArgumentException("'" + setting + "' is not name=value");
    }
    double value = Double.parseDouble(words[1]);
    int whole = (int) value;
    return switch (words[0]) {
      case "rate" -> of((long) value, queueMillis, delayMillis, jitterMillis, loss);
      case "queue" -> of(rate, whole, delayMillis, jitterMillis, loss);
      case "delay" -> of(rate, queueMillis, whole, jitterMillis, loss);
      case "jitter" -> of(rate, queueMillis, delayMillis, whole, loss);
      case "loss" -> of(rate, queueMillis, delayMillis, jitterMillis, value);
      case "burst-start" -> withBursts(value, burstEnd);
      case "burst-end" -> withBursts(burstStart, value);
      default -> throw new IllegalArgumentException("no setting '" + words[0] + "'");
    };
  }

  private LinkShape of(long bits, int queue, int delay, int jitter, double lost) {
    if (bits <= 0) {
      throw new IllegalArgumentException("rate is " + bits);
    }
    return new LinkShape(bits, queue, delay, jitter, lost, burstStart, burstEnd);
  }

  private LinkShape withBursts(double start, double end) {
    return new LinkShape(rate, queueMillis, delayMillis, jitterMillis, loss, start, end);
  }
}
