package dev.sluice.rtp;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The packets of a {@link ReorderBuffer} that wait, by sequence number modulo a power of two, and
 * since when the oldest of them does. Owns one reference to each.
 */
final class WaitingPackets {

  private final @Nullable ByteBuf[] packets;
  private final long[] arrivals;
  private int size;
  private long oldestArrival;
  private boolean oldestMayBeGone;

  /**
   * @param slots a power of two
   */
  WaitingPackets(int slots) {
    packets = new ByteBuf[slots];
    arrivals = new long[slots];
  }

  int size() {
    return size;
  }

  boolean contains(int sequenceNumber) {
    return packets[slot(sequenceNumber)] != null;
  }

  /** Adds a packet whose slot is free. */
  void add(int sequenceNumber, ByteBuf packet, long nowNanos) {
    int slot = slot(sequenceNumber);
    packets[slot] = packet;
    arrivals[slot] = nowNanos;
    if (size++ == 0) {
      oldestArrival = nowNanos;
      oldestMayBeGone = false;
    }
  }

  /** Removes a packet, if it is there, and gives it to the caller. */
  @Nullable ByteBuf remove(int sequenceNumber) {
    int slot = slot(sequenceNumber);
    ByteBuf packet = packets[slot];
    if (packet != null) {
      packets[slot] = null;
      size--;
      oldestMayBeGone = true;
    }
    return packet;
  }

  /** when the packet came that has waited longest; there must be one */
  long oldestArrival() {
    if (oldestMayBeGone) {
      long later = Long.MAX_VALUE;
      for (int slot = 0; slot < packets.length; slot++) {
        if (packets[slot] != null) {
          later = Math.min(later, arrivals[slot] - oldestArrival);
        }
      }
      oldestArrival += later;
      oldestMayBeGone = false;
    }
    return oldestArrival;
  }

  /** Releases all packets. */
  void clear() {
    for (int slot = 0; slot < packets.length; slot++) {
      ByteBuf packet = packets[slot];
      if (packet != null) {
        packets[slot] = null;
        packet.release();
      }
    }
    size = 0;
  }

  private int slot(int sequenceNumber) {
    return sequenceNumber & (packets.length - 1);
  }
}
