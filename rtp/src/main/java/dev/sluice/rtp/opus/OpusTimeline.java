package dev.sluice.rtp.opus;

/**
 * Gives Opus packets timestamps that follow from their durations. Players conceal what seems to be
 * missing between one packet and the next, and cameras read their timestamps from a clock: some
 * ticks too many or too few are silence in between or sound that is thrown away.
 *
 * <p>A packet that comes less than half a packet off begins where the one before ended. Real gaps,
 * of loss or of discontinuous transmission, stay: as whole packets where they are that but for such
 * an error, else exactly as the source has them.
 *
 * <p>Used by one thread at a time.
 */
public final class OpusTimeline {

  /** the largest error of a timestamp behind a gap, as a share of the packet's duration */
  private static final int GAP_TOLERANCE = 8;

  private int end;
  private int duration;

  /** Makes a timeline without a packet. */
  public OpusTimeline() {}

  /**
   * Places the next packet.
   *
   * @param timestamp RTP timestamp of the source, in ticks of 48 kHz
   * @param ticks duration of the packet, {@link OpusDuration#UNKNOWN} if it is not known
   * @return the timestamp to give it
   */
  public int place(int timestamp, int ticks) {
    int begin = duration == OpusDuration.UNKNOWN ? timestamp : onGrid(timestamp);
    end = begin + ticks;
    duration = ticks;
    return begin;
  }

  private int onGrid(int timestamp) {
    int late = timestamp - end;
    int packets = Math.floorDiv(late + duration / 2, duration);
    int error = late - packets * duration;
    boolean exact = packets == 0 || packets > 0 && Math.abs(error) <= duration / GAP_TOLERANCE;
    return exact ? timestamp - error : timestamp;
  }
}
