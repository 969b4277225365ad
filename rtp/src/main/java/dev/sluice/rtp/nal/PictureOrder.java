package dev.sluice.rtp.nal;

import dev.sluice.rtp.SerialNumbers;

/**
 * Keeps the timestamps of pictures increasing: WebRTC shows pictures in the order in which they are
 * decoded, so a picture that is decoded after one that it is shown before, a B picture, comes too
 * late. One that nothing refers to is left out; another one is given a time just behind.
 */
public final class PictureOrder {

  /** a larger step back, in ticks of 90 kHz, is no reordering but a jump of the source's clock */
  private static final int LARGEST_REORDERING = 5 * 90_000;

  private final boolean passesAll;
  private boolean started;
  private int source;

  /** of the newest picture in order, or just behind it */
  private int given;

  /**
   * Makes the order of a stream.
   *
   * @param passesAll whether all pictures pass as they are
   */
  public PictureOrder(boolean passesAll) {
    this.passesAll = passesAll;
  }

  /**
   * Whether a picture is shown before one that came earlier. The second field of a frame, which has
   * the timestamp of the first, is in order.
   *
   * @param timestamp of the source
   * @return true for a B picture
   */
  public boolean isLate(int timestamp) {
    int ahead = SerialNumbers.timestampDistance(given, timestamp);
    return started && timestamp != source && ahead <= 0 && ahead >= -LARGEST_REORDERING;
  }

  /**
   * Whether a picture is to be left out.
   *
   * @param timestamp of the source
   * @param disposable whether nothing refers to it
   * @return true if viewers do without it
   */
  public boolean leavesOut(int timestamp, boolean disposable) {
    return disposable && !passesAll && isLate(timestamp);
  }

  /**
   * Takes a picture that is not left out.
   *
   * @param timestamp of the source
   * @return the timestamp that viewers get
   */
  public int give(int timestamp) {
    if (!isLate(timestamp)) {
      given = started && timestamp == source ? given : timestamp;
    } else if (!passesAll) {
      given++;
    }
    source = timestamp;
    started = true;
    return passesAll ? timestamp : given;
  }
}
