package dev.sluice.rtp.h264;

import dev.sluice.rtp.PayloadWriter;
import dev.sluice.rtp.PictureMarks;

/**
 * Appends the packets of one access unit after the other, and knows what only the whole sequence
 * tells: where the current access unit begins, which packet is its last, where something is
 * missing.
 *
 * <p>A packet of {@link Boundary#UNDECIDED} place stays open in the log until {@link #settle}.
 */
final class PacketSink {

  private final PayloadWriter out;
  private final H264Counters counters;

  private int timestamp;
  private boolean held;
  private int heldLength;
  private boolean inGap;

  private boolean unitBegun;
  private long unitPosition;
  private boolean keyframePending;
  private boolean recoveryPointPending;

  PacketSink(PayloadWriter out, H264Counters counters) {
    this.out = out;
    this.counters = counters;
  }

  /** begins an access unit; no packet may be held */
  void beginUnit() {
    forgetUnit();
  }

  /** what the packets of the access unit get, known when its picture begins */
  void timestamp(int unitTimestamp) {
    timestamp = unitTimestamp;
  }

  void open(int capacity) {
    out.open(capacity);
  }

  byte[] array() {
    return out.array();
  }

  int offset() {
    return out.offset();
  }

  void commit(int length, Boundary boundary) {
    if (boundary == Boundary.UNDECIDED) {
      held = true;
      heldLength = length;
    } else {
      append(length, boundary == Boundary.LAST);
    }
    if (boundary != Boundary.AHEAD && !held) {
      declareStart();
    }
  }

  boolean isHolding() {
    return held;
  }

  /** appends the packet that is held, if there is one */
  void settle(boolean last) {
    if (held) {
      held = false;
      append(heldLength, last);
      declareStart();
    }
  }

  /** every decoder can start at the current access unit */
  void keyframe() {
    keyframePending = true;
  }

  /** some decoders can start at the current access unit */
  void recoveryPoint() {
    recoveryPointPending = true;
  }

  /** what the picture of the current access unit is to others, see {@link PictureMarks} */
  void mark(int marks) {
    out.mark(unitBegun ? unitPosition : out.position(), marks);
  }

  /**
   * Something is missing here. An unfinished packet is dropped, a held one is not the last that its
   * access unit had, and decoding can start behind the gap only.
   */
  void gap() {
    settle(false);
    out.discard();
    forgetUnit();
    if (!inGap) {
      inGap = true;
      out.skip(1);
      counters.increment(H264Counter.GAP);
    }
  }

  private void forgetUnit() {
    unitBegun = false;
    keyframePending = false;
    recoveryPointPending = false;
  }

  private void append(int length, boolean last) {
    if (!unitBegun) {
      unitBegun = true;
      unitPosition = out.position();
    }
    out.commit(length, timestamp, last);
    inGap = false;
  }

  /** only now that a packet of the picture itself is there */
  private void declareStart() {
    if (keyframePending) {
      keyframePending = false;
      out.keyframe(unitPosition);
    }
    if (recoveryPointPending) {
      recoveryPointPending = false;
      out.recoveryPoint(unitPosition);
    }
  }
}
