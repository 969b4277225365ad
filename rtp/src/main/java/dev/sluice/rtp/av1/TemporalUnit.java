package dev.sluice.rtp.av1;

import dev.sluice.rtp.PictureMarks;
import dev.sluice.rtp.frames.FrameAppender;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * What has been seen of the current temporal unit: whether its frame has begun, whether decoding
 * can start at it, and whether it carries a sequence header. Keeps the newest sequence header.
 */
final class TemporalUnit {

  /** a larger sequence header, in bytes, is not kept; real ones have 10 to 30 */
  static final int MAX_SEQUENCE_HEADER = 1024;

  static final int UNKNOWN_PROFILE = -1;

  private static final int PROFILE_SHIFT = 5;
  private static final int SHOW_EXISTING_OR_TYPE = 0xE0;
  private static final int SHOWN = 0x10;

  private final FrameAppender out;
  private final ByteBuf kept = Unpooled.buffer(MAX_SEQUENCE_HEADER, MAX_SEQUENCE_HEADER);
  private volatile int profile = UNKNOWN_PROFILE;
  private boolean claimed;
  private boolean hasFrame;
  private boolean carriesSequenceHeader;
  private boolean keyframe;
  private boolean told;

  TemporalUnit(FrameAppender out) {
    this.out = out;
  }

  /**
   * Begins a temporal unit.
   *
   * @param beginsSequence whether the source claims that a coded video sequence begins
   */
  void begin(boolean beginsSequence) {
    claimed = beginsSequence;
    hasFrame = false;
    carriesSequenceHeader = false;
    keyframe = false;
    told = false;
  }

  boolean hasFrame() {
    return hasFrame;
  }

  /**
   * Whether the packet that is about to be written is the first to tell of a coded video sequence:
   * before the frame has begun, the source's word is taken for that of the first packet.
   */
  boolean beginsSequence() {
    boolean begins = !told && (hasFrame ? keyframe : claimed);
    told = hasFrame || told || claimed;
    return begins;
  }

  /** seq_profile of the newest sequence header, or {@link #UNKNOWN_PROFILE}; any thread */
  int profile() {
    return profile;
  }

  /** the newest sequence header, as an element; of no length if none is known */
  ByteBuf sequenceHeader() {
    return kept;
  }

  /**
   * Takes notice of the next OBU.
   *
   * @param obu its header
   * @param buf holds it
   * @param limit where it, or what is there of it, ends
   * @param whole whether it is there in whole
   * @return whether it begins a keyframe that the known sequence header has to be inserted before
   */
  boolean inspect(Obu obu, ByteBuf buf, int limit, boolean whole) {
    if (obu.type() == Obu.SEQUENCE_HEADER) {
      carriesSequenceHeader = true;
      if (whole && obu.end() <= limit) {
        keep(obu, buf);
      }
    }
    if (hasFrame || !obu.beginsFrame()) {
      return false;
    }
    hasFrame = true;
    out.mark(PictureMarks.layer(obu.temporalId(), 0));
    keyframe = isKey(obu, buf, limit) && (carriesSequenceHeader || kept.isReadable());
    if (keyframe) {
      out.keyframe();
    }
    return keyframe && !carriesSequenceHeader;
  }

  /**
   * By show_existing_frame, frame_type and show_frame (AV1 specification 5.9.2); where a fragment
   * ends before them, the source's word is taken.
   */
  private boolean isKey(Obu obu, ByteBuf buf, int limit) {
    if (obu.payload() >= limit) {
      return claimed;
    }
    int flags = buf.getByte(obu.payload());
    return (flags & SHOW_EXISTING_OR_TYPE) == 0 && (flags & SHOWN) != 0;
  }

  private void keep(Obu obu, ByteBuf buf) {
    int length = obu.end() - obu.payload();
    if (length == 0 || length > MAX_SEQUENCE_HEADER - obu.headerBytes()) {
      return;
    }
    obu.writeHeader(kept);
    kept.setBytes(obu.headerBytes(), buf, obu.payload(), length);
    kept.setIndex(0, obu.headerBytes() + length);
    int newest = buf.getUnsignedByte(obu.payload()) >> PROFILE_SHIFT;
    if (newest != profile) {
      profile = newest;
    }
  }
}
