package dev.sluice.rtp.h264;

import dev.sluice.rtp.nal.AnnexB;
import dev.sluice.rtp.nal.Prologue;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * The NAL unit that is arriving as FU-A fragments: what it is and a copy of its beginning. Of a
 * slice that is as much as has to be looked into; any other NAL unit is collected whole.
 */
final class FragmentedNal {

  static final int NONE = -1;

  /** enough for first_mb_in_slice, slice_type and pic_parameter_set_id */
  private static final int SLICE_HEAD_BYTES = 32;

  private final ByteBuf head = Unpooled.buffer(SLICE_HEAD_BYTES, Prologue.MAX_BYTES);
  private boolean open;
  private int fragmentType;
  private int type;
  private int timestamp;
  private boolean complete;
  private int newest;
  private int searched;

  void begin(int nalHeader, int nalTimestamp) {
    open = true;
    fragmentType = NalUnit.type(nalHeader);
    timestamp = nalTimestamp;
    restart(nalHeader);
  }

  private void restart(int nalHeader) {
    type = NalUnit.type(nalHeader);
    complete = true;
    searched = 0;
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
    return open && fragmentType == nalType && timestamp == nalTimestamp;
  }

  int type() {
    return type;
  }

  boolean isSlice() {
    return NalUnit.isSliceData(type);
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
    boolean collected = !isSlice() && type != NalUnit.FILLER;
    int limit = collected ? Prologue.MAX_BYTES : SLICE_HEAD_BYTES;
    int count = Math.min(length, Math.max(0, limit - head.writerIndex()));
    newest = head.writerIndex();
    head.writeBytes(buf, offset, count);
    complete &= count == length;
  }

  /**
   * Looks for a slice that a source has put behind another NAL unit and a start code.
   *
   * @return index in the head of the slice's header; {@link #NONE} if there is none
   */
  int findSlice() {
    int end = head.writerIndex();
    int at = AnnexB.findStartCode(head, searched, end);
    while (at + AnnexB.START_CODE_BYTES < end) {
      int header = at + AnnexB.START_CODE_BYTES;
      if (NalUnit.isSliceData(NalUnit.type(head.getByte(header)))) {
        return header;
      }
      at = AnnexB.findStartCode(head, header, end);
    }
    searched = Math.max(0, Math.min(at, end - AnnexB.START_CODE_BYTES));
    return NONE;
  }

  /** how many bytes of the fragment that was added last lead up to an index of the head, with it */
  int newestUpTo(int index) {
    return index + 1 - newest;
  }

  /** goes on as the slice whose header is at an index of the head */
  void becomeSlice(int header, ByteBuf buf, int offset, int length) {
    restart(head.getByte(header));
    add(buf, offset, length);
  }
}
