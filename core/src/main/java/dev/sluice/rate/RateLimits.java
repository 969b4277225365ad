package dev.sluice.rate;

/**
 * Bounds of an estimate, in bits per second.
 *
 * @param start what a link is taken to carry before anything is known of it
 * @param least what it is taken to carry at the worst
 * @param greatest what it is taken to carry at the best
 */
public record RateLimits(long start, long least, long greatest) {
  /** Checks the order of the bounds. */
  public RateLimits {
    if (least <= 0 || start < least || greatest < start) {
      throw new IllegalArgumentException(
          "not in order: least " + least + ", start " + start + ", greatest " + greatest);
    }
  }

  long clamp(double bitrate) {
    return Math.round(Math.max(least, Math.min(greatest, bitrate)));
  }
}
