package dev.sluice.rtp.av1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Walks the OBU elements of an RTP payload, which stand behind an aggregation header (4.3, 4.4).
 */
final class ObuElements {

  private final Leb128 size = new Leb128();
  private ByteBuf buf = Unpooled.EMPTY_BUFFER;
  private int header;
  private int begin;
  private int end;
  private int index;
  private int offset;
  private int next;

  /**
   * Begins with a payload.
   *
   * @return false if it is malformed
   */
  boolean wrap(ByteBuf payload, int at, int length) {
    buf = payload;
    header = payload.getByte(at);
    begin = at + AggregationHeader.BYTES;
    end = at + length;
    rewind();
    boolean wellFormed = begin < end;
    while (wellFormed && next < end) {
      wellFormed = advance() && (isContinuation() || !Obu.isForbidden(buf.getByte(offset)));
    }
    int count = index + 1;
    rewind();
    return wellFormed && (AggregationHeader.count(header) == 0 || isCount(count));
  }

  private boolean isCount(int count) {
    return AggregationHeader.count(header) == count;
  }

  void rewind() {
    index = -1;
    next = begin;
  }

  /** goes to the next element of a well-formed payload; false if there is none */
  boolean next() {
    return next < end && advance();
  }

  /** the last element of those that are counted has no length */
  private boolean advance() {
    index++;
    if (isCount(index + 1)) {
      offset = next;
      next = end;
      return true;
    }
    if (!size.read(buf, next, end) || size.value() == 0 || size.value() > end - size.end()) {
      return false;
    }
    offset = size.end();
    next = offset + size.value();
    return true;
  }

  /** 0 for the first */
  int index() {
    return index;
  }

  int offset() {
    return offset;
  }

  int length() {
    return next - offset;
  }

  /** whether it goes on with an OBU of the payload before */
  boolean isContinuation() {
    return index == 0 && AggregationHeader.continuesFirst(header);
  }

  /** whether the next payload goes on with it */
  boolean isContinued() {
    return next == end && AggregationHeader.continuesLast(header);
  }
}
