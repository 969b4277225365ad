package dev.sluice.rtp.h264;

import dev.sluice.rtp.PictureMarks;
import dev.sluice.rtp.nal.BitReader;
import dev.sluice.rtp.nal.PictureOrder;
import io.netty.buffer.ByteBuf;
import java.util.BitSet;

/**
 * What has been seen of the current access unit: whether its picture has begun, whether decoding
 * can start at it, and which parameter sets it carries.
 */
final class AccessUnit {

  private static final H264Starts STARTS = new H264Starts();

  private final ParameterSets sets;
  private final PacketSink sink;
  private final PictureOrder order;
  private final H264Counters counters;
  private final BitReader bits = new BitReader();

  private final BitSet carriedSps = new BitSet(ParameterSets.SPS_IDS);
  private final BitSet carriedPps = new BitSet(ParameterSets.PPS_IDS);
  private boolean damaged;
  private boolean hasSlice;
  private boolean disposable;
  private boolean leftOut;
  private int timestamp;
  private boolean hasRecoveryPoint;
  private int activePps;

  AccessUnit(ParameterSets sets, PacketSink sink, PictureOrder order, H264Counters counters) {
    this.sets = sets;
    this.sink = sink;
    this.order = order;
    this.counters = counters;
  }

  /**
   * Begins an access unit. What the one before has without a picture goes with this one.
   *
   * @param afterLoss whether its first packets may be missing
   */
  void begin(int unitTimestamp, boolean afterLoss) {
    timestamp = unitTimestamp;
    if (hasSlice || damaged) {
      forget();
    }
    damaged = afterLoss;
  }

  /** what was seen before the picture is not written */
  void forget() {
    hasSlice = false;
    leftOut = false;
    hasRecoveryPoint = false;
    carriedSps.clear();
    carriedPps.clear();
  }

  /** packets within the access unit are missing: decoding can only start behind them */
  void gap() {
    if (!hasSlice) {
      damaged = true;
      forget();
    }
  }

  /** whether the access unit has something, but no picture yet, that may go with the next one */
  boolean mayWait() {
    return !hasSlice && !damaged;
  }

  /** whether it has a picture that is for viewers */
  boolean isShown() {
    return hasSlice && !leftOut;
  }

  boolean hasSlice() {
    return hasSlice;
  }

  /** the PPS that the newest keyframe refers to; 0 before the first */
  int activePps() {
    return activePps;
  }

  boolean carriesSps(int id) {
    return carriedSps.get(id);
  }

  boolean carriesPps(int id) {
    return carriedPps.get(id);
  }

  /** a PPS that refers to it and came before does not count: decoders may have refused it */
  void markSps(int id) {
    carriedSps.set(id);
    for (int pps = carriedPps.nextSetBit(0); pps >= 0; pps = carriedPps.nextSetBit(pps + 1)) {
      if (sets.spsOfPps(pps) == id) {
        carriedPps.clear(pps);
      }
    }
  }

  void markPps(int id) {
    carriedPps.set(id);
  }

  /**
   * Takes notice of the next NAL unit.
   *
   * @return whether it begins a picture that cannot be decoded without further parameter sets,
   *     {@link #activePps()} among them, which are known and have to precede it
   */
  boolean inspect(ByteBuf buf, int offset, int length) {
    int header = buf.getByte(offset);
    int type = NalUnit.type(header);
    switch (type) {
      case NalUnit.SPS -> {
        int id = sets.putSps(buf, offset, length);
        if (isKept(id)) {
          markSps(id);
        }
      }
      case NalUnit.PPS -> {
        int id = sets.putPps(buf, offset, length);
        if (isKept(id)) {
          markPps(id);
        }
      }
      case NalUnit.SEI ->
          hasRecoveryPoint |= Sei.recoveryFrameCount(bits, buf, offset, length) == 0;
      default -> {
        if (NalUnit.hasSliceHeader(type)) {
          boolean first = !hasSlice;
          noteSlice(NalUnit.refIdc(header));
          boolean start = first && (type == NalUnit.IDR || hasRecoveryPoint);
          return start && beginKeyframe(type, buf, offset, length);
        }
      }
    }
    return false;
  }

  /** a picture is disposable if all of its slices are, those of a second field too */
  private void noteSlice(int refIdc) {
    boolean wasDisposable = disposable;
    disposable = refIdc == 0 && (disposable || !hasSlice);
    boolean first = !hasSlice;
    hasSlice = true;
    if (first) {
      beginPicture();
    } else if (disposable != wasDisposable) {
      leftOut = false;
      sink.mark(PictureMarks.NONE);
    }
  }

  /** a picture that brings parameter sets is not left out: others may refer to them */
  private void beginPicture() {
    boolean spare = disposable && carriedSps.isEmpty() && carriedPps.isEmpty();
    leftOut = order.leavesOut(timestamp, spare);
    if (order.isLate(timestamp)) {
      counters.increment(H264Counter.REORDERED_PICTURE);
    }
    if (leftOut) {
      counters.increment(H264Counter.REORDERED_PICTURE_DROPPED);
    } else {
      sink.timestamp(order.give(timestamp));
      sink.mark(disposable ? PictureMarks.DISPOSABLE : PictureMarks.NONE);
    }
  }

  /** Whether this NAL unit cannot belong to the access unit any more. */
  boolean endsBefore(ByteBuf buf, int offset, int length) {
    return hasSlice && STARTS.begins(buf, offset, length);
  }

  private boolean beginKeyframe(int type, ByteBuf buf, int offset, int length) {
    bits.read(buf, offset + 1, offset + length);
    int firstMacroblock = bits.ue();
    bits.ue(); // slice_type
    int pps = bits.ue();
    if (damaged && firstMacroblock != 0) {
      return false;
    }
    if (bits.failed()) {
      pps = activePps; // cut off by a tiny first fragment
    }
    if (!sets.isComplete(pps)) {
      counters.increment(H264Counter.KEYFRAME_WITHOUT_PARAMETER_SETS);
      return false;
    }
    activePps = pps;
    counters.increment(H264Counter.KEYFRAME);
    if (type == NalUnit.IDR) {
      sink.keyframe();
    } else {
      counters.increment(H264Counter.RECOVERY_POINT);
      sink.recoveryPoint();
    }
    return !carriesPps(activePps) || !carriesSps(sets.spsOfPps(activePps));
  }

  private boolean isKept(int id) {
    if (id < 0) {
      counters.increment(H264Counter.PARAMETER_SET_REJECTED);
    }
    return id >= 0;
  }
}
