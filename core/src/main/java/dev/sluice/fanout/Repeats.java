package dev.sluice.fanout;

/**
 * How often and when packets were sent to one viewer again, of those asked for last.
 *
 * <p>A browser that is not told the round trip asks each 100 ms, so a picture whose repeated packet
 * is lost again is late enough to be seen. While that happens packets go twice, and the longer the
 * round trip, the longer: one more is what there is no time for.
 */
final class Repeats {
  private static final int TRACKED = 1_024;
  private static final int TWICE_FOR_MILLIS = 2_000;
  private static final int TWICE_FOR_ROUND_TRIPS = 50;
  private static final int NANOS_A_MILLI = 1_000_000;

  private final long[] sequences = new long[TRACKED];
  private final int[] sentMillis = new int[TRACKED];
  private final byte[] counts = new byte[TRACKED];
  private boolean lostAgain;
  private int lostAgainMillis;

  /**
   * Counts a packet that is asked for, unless it was sent too often, or so short a time ago that it
   * may be under way.
   *
   * @param sequence extended sequence number
   * @param most how often it may be sent again in all
   * @param roundTripNanos least time between two times
   * @param nowNanos the engine's clock
   * @param mayTwice whether it may go twice
   * @param far whether a repeat that is lost cannot be made up for in time
   * @return how often to send it now: 0, 1 or 2 times
   */
  int admit(
      long sequence, int most, long roundTripNanos, long nowNanos, boolean mayTwice, boolean far) {
    int slot = (int) sequence & (TRACKED - 1);
    int nowMillis = (int) (nowNanos / NANOS_A_MILLI);
    int roundTripMillis = (int) (roundTripNanos / NANOS_A_MILLI);
    if (sequences[slot] != sequence) {
      sequences[slot] = sequence;
      counts[slot] = 0;
    }
    if (counts[slot] > 0) {
      if (nowMillis - sentMillis[slot] < roundTripMillis) {
        return 0;
      }
      lostAgain = true;
      lostAgainMillis = nowMillis;
    }
    boolean twice = mayTwice && (far || losesRepeats(nowMillis, roundTripMillis));
    int copies = Math.min(most - counts[slot], twice ? 2 : 1);
    counts[slot] += (byte) copies;
    sentMillis[slot] = nowMillis;
    return copies;
  }

  private boolean losesRepeats(int nowMillis, int roundTripMillis) {
    int twiceFor = Math.max(TWICE_FOR_MILLIS, TWICE_FOR_ROUND_TRIPS * roundTripMillis);
    lostAgain &= nowMillis - lostAgainMillis < twiceFor;
    return lostAgain;
  }
}
