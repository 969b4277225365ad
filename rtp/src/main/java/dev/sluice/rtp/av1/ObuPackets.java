package dev.sluice.rtp.av1;

import dev.sluice.rtp.frames.FrameAppender;
import io.netty.buffer.ByteBuf;

/**
 * Fills packets with OBU elements while their bytes arrive: they go from the input into the open
 * packet of the log. All elements have a length, which is filled in when they end, so what is cut
 * has the full size whatever follows.
 */
final class ObuPackets {

  private static final int LENGTH_BYTES = 2;
  private static final int MAX_ELEMENT = (1 << 14) - 1;

  private final FrameAppender out;
  private final int capacity;
  private boolean open;
  private boolean continuesFirst;
  private boolean beginsSequence;
  private int element;
  private int filled;

  ObuPackets(FrameAppender out) {
    this.out = out;
    capacity = Math.min(out.maxPayload(), AggregationHeader.BYTES + LENGTH_BYTES + MAX_ELEMENT);
  }

  boolean isOpen() {
    return open;
  }

  /** The next packet that is appended is the first of a coded video sequence. */
  void beginSequence() {
    beginsSequence = true;
  }

  /**
   * Begins an element.
   *
   * @param continuation whether it goes on with an OBU whose first bytes were appended before
   */
  void begin(boolean continuation) {
    if (open && capacity - filled <= LENGTH_BYTES) {
      commit(false, false);
    }
    if (!open) {
      open(continuation);
    }
    element = filled;
    filled += LENGTH_BYTES;
  }

  /** Writes the next bytes of the element. */
  void append(ByteBuf buf, int offset, int length) {
    int from = offset;
    int end = offset + length;
    while (from < end) {
      if (filled == capacity) {
        endElement();
        commit(true, false);
        begin(true);
      }
      int count = Math.min(end - from, capacity - filled);
      buf.getBytes(from, out.array(), out.offset() + filled, count);
      filled += count;
      from += count;
    }
  }

  /** The element has all its bytes, as far as this packet goes. */
  void endElement() {
    Leb128.writeTwoBytes(out.array(), out.offset() + element, filled - element - LENGTH_BYTES);
  }

  /**
   * Appends the open packet, if there is one.
   *
   * @param marker whether it is the last one of its temporal unit
   */
  void flush(boolean marker) {
    if (open) {
      commit(false, marker);
    }
  }

  /** The open packet was dropped. */
  void abandon() {
    open = false;
    beginsSequence = false;
  }

  private void open(boolean continuation) {
    out.open(capacity);
    open = true;
    continuesFirst = continuation;
    filled = AggregationHeader.BYTES;
  }

  private void commit(boolean continuesLast, boolean marker) {
    out.array()[out.offset()] = AggregationHeader.of(continuesFirst, continuesLast, beginsSequence);
    out.commit(filled, marker);
    open = false;
    beginsSequence = false;
  }
}
