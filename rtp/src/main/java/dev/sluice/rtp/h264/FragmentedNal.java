package dev.sluice.rtp.h264;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * The NAL unit that is arriving as FU-A fragments: what it is and a copy of its first bytes, as far
 * as they have to be looked into.
 */
final class FragmentedNal {

  /** enough for first_mb_in_slice, slice_type and pic_parameter_set_id */
  private static final int SLICE_HEAD_BYTES = 32;

  private final ByteBuf head = Unpooled.buffer(SLICE_HEAD_BYTES, ParameterSets.MAX_BYTES);
  private boolean open;
  private int type;
  private int timestamp;
  private boolean complete;

  void begin(int nalHeader, int nalTimestamp) {
    open = true;
    type = NalUnit.type(nalHeader);
    timestamp = nalTimestamp;
    complete = true;
    head.clear().writeByte(nalHeader);
  }

  void close() {
    open = false;
  }

  boolean isOpen() {
    return open;
  }

  /** whether a fragment without start bit belongs to it */
  boolean isContinuedBy(int nalType, int nalTimestamp) {
    return open && type == nalType && timestamp == nalTimestamp;
  }

  int type() {
    return type;
  }

  /** whether it can only be looked into as a whole */
  boolean isInspectedWhole() {
    return type == NalUnit.SPS || type == NalUnit.PPS || type == NalUnit.SEI;
  }

  /** the NAL unit header and what follows */
  ByteBuf head() {
    return head;
  }

  /** whether the head is the whole NAL unit, after its last fragment */
  boolean isComplete() {
    return complete;
  }

  void add(ByteBuf buf, int offset, int length) {
    int limit = isInspectedWhole() ? ParameterSets.MAX_BYTES : SLICE_HEAD_BYTES;
    int count = Math.min(length, limit - head.writerIndex());
    head.writeBytes(buf, offset, count);
    complete &= count == length;
  }
}
