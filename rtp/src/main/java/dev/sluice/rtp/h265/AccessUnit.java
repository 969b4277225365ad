package dev.sluice.rtp.h265;

import dev.sluice.rtp.PictureMarks;
import dev.sluice.rtp.frames.Count;
import dev.sluice.rtp.frames.FrameAppender;
import dev.sluice.rtp.nal.BitReader;
import dev.sluice.rtp.nal.PictureOrder;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What has been seen of the current access unit: whether its picture has begun, whether decoding
 * can start at it, and which parameter sets it carries, as bits by id.
 */
final class AccessUnit {

  private final ParameterSets sets;
  private final FrameAppender out;
  private final PictureOrder order;
  private final BitReader bits = new BitReader();
  private final Count keyframes = new Count();
  private final Count incomplete = new Count();
  private final Count reordered = new Count();
  private final Count reorderedDropped = new Count();

  private int timestamp;
  private boolean hasPicture;
  private boolean leftOut;
  private boolean startsKeyframe;
  private boolean damaged;
  private int carriedVps;
  private int carriedSps;
  private long carriedPps;
  private int temporalId;
  private int activePps;
  private int activeSps;
  private volatile @Nullable H265Profile profile;

  AccessUnit(ParameterSets sets, FrameAppender out, PictureOrder order) {
    this.sets = sets;
    this.out = out;
    this.order = order;
  }

  /**
   * Begins an access unit. What the one before has without a picture goes with this one.
   *
   * @param unitTimestamp of the source
   * @param afterLoss whether its first packets may be missing
   */
  void begin(int unitTimestamp, boolean afterLoss) {
    timestamp = unitTimestamp;
    if (!mayWait() || afterLoss) {
      forget();
    }
    damaged = afterLoss;
  }

  /** packets within the access unit are missing */
  void gap() {
    forget();
    damaged = true;
  }

  /** what was seen before the picture is not written */
  void forget() {
    hasPicture = false;
    leftOut = false;
    startsKeyframe = false;
    carriedVps = 0;
    carriedSps = 0;
    carriedPps = 0;
  }

  /** whether it has no picture yet, so that what it has may go with the next one */
  boolean mayWait() {
    return !hasPicture && !damaged;
  }

  boolean hasPicture() {
    return hasPicture;
  }

  /** whether it has a picture that is for viewers */
  boolean isShown() {
    return hasPicture && !leftOut;
  }

  /** whether parameter sets that it does not carry have to be inserted before its picture */
  boolean lacksParameterSets() {
    return startsKeyframe
        && !(carriesPps(activePps)
            && carriesSps(activeSps)
            && carriesVps(sets.vpsOfSps(activeSps)));
  }

  /** the same, once */
  boolean takesParameterSets() {
    boolean lacking = lacksParameterSets();
    startsKeyframe = false;
    return lacking;
  }

  Count keyframes() {
    return keyframes;
  }

  /** keyframes whose parameter sets are not known */
  Count incomplete() {
    return incomplete;
  }

  /** pictures that are shown before one that came earlier */
  Count reordered() {
    return reordered;
  }

  Count reorderedDropped() {
    return reorderedDropped;
  }

  /** of the newest picture where decoding can start; any thread */
  @Nullable H265Profile profile() {
    return profile;
  }

  void know(ByteBuf set) {
    sets.put(set, 0, set.readableBytes());
    noteProfile();
  }

  /**
   * Takes notice of the next NAL unit.
   *
   * @return whether it begins the picture
   */
  boolean inspect(ByteBuf buf, int offset, int length) {
    int type = H265Nal.type(buf.getByte(offset));
    if (H265Nal.isParameterSet(type)) {
      carry(type, sets.put(buf, offset, length));
      return false;
    }
    if (!H265Nal.isSlice(type) || hasPicture) {
      return false;
    }
    hasPicture = true;
    temporalId = H265Nal.temporalId(buf.getByte(offset + 1));
    beginPicture(marks(type));
    startsKeyframe = H265Nal.isRandomAccess(type) && beginKeyframe(buf, offset, length);
    return true;
  }

  /** a picture that brings parameter sets is not left out: others may refer to them */
  private void beginPicture(int marks) {
    boolean bringsSets = carriedVps != 0 || carriedSps != 0 || carriedPps != 0;
    leftOut = order.leavesOut(timestamp, PictureMarks.isDisposable(marks) && !bringsSets);
    if (order.isLate(timestamp)) {
      reordered.increment();
    }
    if (leftOut) {
      reorderedDropped.increment();
    } else {
      out.begin(order.give(timestamp));
      out.mark(marks);
    }
  }

  /** a NAL unit of which notice was taken is not written after all */
  void leaveOut(ByteBuf buf, int offset, int length) {
    int id = sets.put(buf, offset, length);
    if (id >= 0) {
      switch (H265Nal.type(buf.getByte(offset))) {
        case H265Nal.VPS -> carriedVps &= ~(1 << id);
        case H265Nal.SPS -> carriedSps &= ~(1 << id);
        default -> carriedPps &= ~(1L << id);
      }
    }
  }

  private void carry(int type, int id) {
    if (id >= 0) {
      switch (type) {
        case H265Nal.VPS -> carryVps(id);
        case H265Nal.SPS -> carrySps(id);
        default -> carriedPps |= 1L << id;
      }
    }
  }

  /** what refers to it and came before does not count: decoders may have refused it */
  private void carryVps(int id) {
    carriedVps |= 1 << id;
    for (int sps = 0; sps < ParameterSets.SPS_IDS; sps++) {
      if (carriesSps(sps) && sets.vpsOfSps(sps) == id) {
        carriedSps &= ~(1 << sps);
      }
    }
  }

  private void carrySps(int id) {
    carriedSps |= 1 << id;
    for (int pps = 0; pps < ParameterSets.PPS_IDS; pps++) {
      if (carriesPps(pps) && sets.spsOfPps(pps) == id) {
        carriedPps &= ~(1L << pps);
      }
    }
  }

  /** pictures of higher temporal layers may refer to any of a lower one */
  private int marks(int type) {
    boolean highest = temporalId == sets.highestTemporalId(activeSps);
    boolean disposable = highest && H265Nal.isSubLayerNonReference(type);
    return PictureMarks.layer(temporalId, 0) | (disposable ? PictureMarks.DISPOSABLE : 0);
  }

  private boolean beginKeyframe(ByteBuf buf, int offset, int length) {
    bits.read(buf, offset + H265Nal.HEADER_BYTES, offset + length);
    boolean first = bits.flag(); // first_slice_segment_in_pic_flag
    bits.bit(); // no_output_of_prior_pics_flag
    int pps = bits.ue();
    if (damaged && !first || bits.failed()) {
      return false;
    }
    if (!sets.isComplete(pps)) {
      incomplete.increment();
      return false;
    }
    keyframes.increment();
    activePps = pps;
    activeSps = sets.spsOfPps(pps);
    noteProfile();
    out.keyframe();
    return true;
  }

  private void noteProfile() {
    H265Profile newest = sets.profile(activeSps);
    if (newest != profile) {
      profile = newest;
    }
  }

  /** of its picture */
  int temporalId() {
    return temporalId;
  }

  int activeSps() {
    return activeSps;
  }

  boolean carriesVps(int id) {
    return (carriedVps >> id & 1) == 1;
  }

  boolean carriesSps(int id) {
    return (carriedSps >> id & 1) == 1;
  }

  boolean carriesPps(int id) {
    return (carriedPps >> id & 1) == 1;
  }
}
