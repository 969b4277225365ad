package dev.sluice.rtp.h264;

import io.netty.buffer.ByteBuf;

/**
 * Writes one NAL unit as FU-A packets while its bytes arrive (RFC 6184 section 5.8).
 *
 * <p>Fragments that fit stay as they are. From the first one on that does not, the NAL unit is cut
 * anew: bytes go from the input into the open packet of the log, so every packet but the last has
 * the full size. In either case a packet is committed once a further byte has come: there are
 * sources whose last fragment is empty, and the end bit belongs on the packet before it.
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

  /** Writes the next bytes of the NAL unit, its header byte not among them. */
  void append(ByteBuf buf, int offset, int length) {
    if (!recut && length > 0) {
      next();
    }
    recut |= length > maxPayload - FuA.PAYLOAD_OFFSET;
    fill(buf, offset, length);
  }

  /**
   * Ends the NAL unit.
   *
   * @param boundary of its last packet
   * @return false if it ended without a byte, so that nothing was written
   */
  boolean end(Boundary boundary) {
    if (filled == 0) {
      return false;
    }
    if (started) {
      commit(true, boundary);
    } else {
      commitWhole(boundary);
    }
    return true;
  }

  private void fill(ByteBuf buf, int offset, int length) {
    int from = offset;
    int left = length;
    while (left > 0) {
      if (filled == maxPayload) {
        next();
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

  private void next() {
    if (filled > 0) {
      commit(false, Boundary.INSIDE);
      filled = 0;
    }
  }

  /** all in one packet: not allowed as FU-A */
  private void commitWhole(Boundary boundary) {
    int bytes = filled - FuA.PAYLOAD_OFFSET;
    int at = sink.offset();
    sink.array()[at] = (byte) nalHeader;
    System.arraycopy(sink.array(), at + FuA.PAYLOAD_OFFSET, sink.array(), at + 1, bytes);
    sink.commit(1 + bytes, boundary);
  }

  private void commit(boolean end, Boundary boundary) {
    FuA.write(sink.array(), sink.offset(), nalHeader, !started, end);
    started = true;
    sink.commit(filled, boundary);
  }
}
