package dev.sluice.rtp.h264;

import io.netty.buffer.ByteBuf;

/**
 * Writes one NAL unit as FU-A packets while its bytes arrive (RFC 6184 section 5.8).
 *
 * <p>Fragments that fit stay as they are. From the first one on that does not, the NAL unit is cut
 * anew: bytes go from the input into the open packet of the log, which is committed once it is full
 * and a further byte has come, so every packet but the last has the full size.
 */
final class FuWriter {

  private final PacketSink sink;
  private final int maxPayload;

  private int nalHeader;
  private boolean started;
  private boolean recut;
  private int filled;

  FuWriter(PacketSink sink, int maxPayload) {
    this.sink = sink;
    this.maxPayload = maxPayload;
  }

  void begin(int header) {
    nalHeader = header;
    started = false;
    recut = false;
    filled = 0;
  }

  /**
   * Writes the next bytes of the NAL unit, its header byte not among them.
   *
   * @param end whether they are the last
   * @param boundary of the last packet, if they are the last
   * @return false if the NAL unit ended without a byte, so that nothing was written
   */
  boolean append(ByteBuf buf, int offset, int length, boolean end, Boundary boundary) {
    recut |= length > maxPayload - FuA.PAYLOAD_OFFSET;
    if (recut) {
      fill(buf, offset, length);
      if (end) {
        commit(filled, true, boundary);
      }
      return true;
    }
    if (end && !started) {
      return wholeNalUnit(buf, offset, length, boundary);
    }
    if (length > 0 || end) {
      sink.open(FuA.PAYLOAD_OFFSET + length);
      buf.getBytes(offset, sink.array(), sink.offset() + FuA.PAYLOAD_OFFSET, length);
      commit(FuA.PAYLOAD_OFFSET + length, end, end ? boundary : Boundary.INSIDE);
    }
    return true;
  }

  private void fill(ByteBuf buf, int offset, int length) {
    int from = offset;
    int left = length;
    while (left > 0) {
      if (filled == maxPayload) {
        commit(maxPayload, false, Boundary.INSIDE);
        filled = 0;
      }
      if (filled == 0) {
        sink.open(maxPayload);
        filled = FuA.PAYLOAD_OFFSET;
      }
      int count = Math.min(left, maxPayload - filled);
      buf.getBytes(from, sink.array(), sink.offset() + filled, count);
      filled += count;
      from += count;
      left -= count;
    }
  }

  /** all in one fragment, the ones before it having been empty: not allowed as FU-A */
  private boolean wholeNalUnit(ByteBuf buf, int offset, int length, Boundary boundary) {
    if (length == 0) {
      return false;
    }
    sink.open(1 + length);
    sink.array()[sink.offset()] = (byte) nalHeader;
    buf.getBytes(offset, sink.array(), sink.offset() + 1, length);
    sink.commit(1 + length, boundary);
    return true;
  }

  private void commit(int length, boolean end, Boundary boundary) {
    FuA.write(sink.array(), sink.offset(), nalHeader, !started, end);
    started = true;
    sink.commit(length, boundary);
  }
}
