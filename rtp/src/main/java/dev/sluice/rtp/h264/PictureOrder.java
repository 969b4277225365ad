package dev.sluice.rtp.h264;

import dev.sluice.rtp.SerialNumbers;

/**
 * Keeps the timestamps of pictures increasing: WebRTC shows pictures in the order in which they are
 * decoded, so a picture that is decoded after one that it is shown before, a B picture, comes too
 * late. One that nothing refers to is left out; another one is given a time just behind.
 */
final class PictureOrder {

  /** a larger step back, in ticks of 90 kHz, is no reordering but a jump of the source's clock */
  private static final int LARGEST_REORDERING = 5 * 90_000;

  private final boolean passesAll;
  private final H264Counters counters;
  private boolean started;
  private int source;
  private int given;

  PictureOrder(boolean passesAll, H264Counters counters) {
    this.passesAll = passesAll;
    this.counters = counters;
  }

  /** counts a picture that comes late, and tells whether it is to be left out */
  boolean leavesOut(int timestamp, boolean disposable) {
    if (!isLate(timestamp)) {
      return false;
    }
    counters.increment(H264Counter.REORDERED_PICTURE);
    boolean leftOut = disposable && !passesAll;
    if (leftOut) {
      counters.increment(H264Counter.REORDERED_PICTURE_DROPPED);
    }
    return leftOut;
  }

  /** the timestamp that viewers get for a picture that is not left out */
  int give(int timestamp) {
    if (passesAll || !started || timestamp != source) {
      given = isLate(timestamp) && !passesAll ? given + 1 : timestamp;
    }
    source = timestamp;
    started = true;
    return given;
  }

  /** the second field of a frame, which has the timestamp of the first, is in order */
  private boolean isLate(int timestamp) {
    int ahead = SerialNumbers.timestampDistance(given, timestamp);
    return started && timestamp != source && ahead <= 0 && ahead >= -LARGEST_REORDERING;
  }
}
