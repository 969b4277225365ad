package dev.sluice.fanout;

/** How often and when packets were sent to one viewer again, of those asked for last. */
final class Repeats {
  private static final int TRACKED = 1_024;
  private static final int NANOS_A_MILLI = 1_000_000;

  private final long[] sequences = new long[TRACKED];
  private final int[] sentMillis = new int[TRACKED];
  private final byte[] counts = new byte[TRACKED];

  /**
   * Counts one more, when it is neither one too many nor sent while the last may be under way.
   *
   * @param sequence extended sequence number
   * @param most how often
   * @param roundTripNanos least time between two
   * @param nowNanos the engine's clock
   * @return whether to send it
   */
  boolean admit(long sequence, int most, long roundTripNanos, long nowNanos) {
    int slot = (int) sequence & (TRACKED - 1);
    int nowMillis = (int) (nowNanos / NANOS_A_MILLI);
    if (sequences[slot] != sequence) {
      sequences[slot] = sequence;
      counts[slot] = 0;
    } else if (counts[slot] > 0 && nowMillis - sentMillis[slot] < roundTripNanos / NANOS_A_MILLI) {
      return false;
    }
    if (counts[slot] >= most) {
      return false;
    }
    counts[slot]++;
    sentMillis[slot] = nowMillis;
    return true;
  }
}
