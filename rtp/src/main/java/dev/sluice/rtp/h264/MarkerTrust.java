package dev.sluice.rtp.h264;

/**
 * Whether the marker bits of a source can be believed.
 *
 * <p>Some sources never set the marker, some set it on every NAL unit. Both are found out by what
 * follows: the same timestamp after a marker, another one without. Each bit value is doubted on its
 * own, so that a source that only forgets markers is still believed when it sets one.
 *
 * <p>One contradiction is enough to doubt. {@value #DOUBT} access units in a row that were right
 * end the doubt, or {@value #PROOFS} proofs: for a set marker, NAL units that the source left
 * unmarked within an access unit; for a clear one, access units that it did mark.
 */
final class MarkerTrust {

  static final int DOUBT = 1024;
  static final int PROOFS = 8;

  private final H264Counters counters;
  private int doubtSet;
  private int doubtClear;

  MarkerTrust(H264Counters counters) {
    this.counters = counters;
  }

  boolean believes(boolean marker) {
    return (marker ? doubtSet : doubtClear) <= 0;
  }

  /**
   * Compares what the source said with what turned out.
   *
   * @param marker of a packet that ended a NAL unit
   * @param last whether it was the last of its access unit
   */
  void observe(boolean marker, boolean last) {
    if (marker && !last) {
      doubtSet = DOUBT;
      counters.increment(H264Counter.SPURIOUS_MARKER);
    } else if (!marker && last) {
      doubtClear = DOUBT;
      counters.increment(H264Counter.MISSING_MARKER);
    } else if (marker) {
      doubtClear -= Math.min(doubtClear, DOUBT / PROOFS);
      doubtSet -= Math.min(doubtSet, 1);
    } else {
      doubtSet -= Math.min(doubtSet, DOUBT / PROOFS);
    }
  }
}
