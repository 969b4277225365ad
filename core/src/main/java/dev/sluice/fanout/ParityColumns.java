package dev.sluice.fanout;

import dev.sluice.log.PacketLog;
import dev.sluice.log.Ring;
import dev.sluice.rate.Protection;
import dev.sluice.rtp.fec.Parity;
import java.util.Arrays;

/**
 * The parities of a block's payloads. Packets that follow one another belong to different ones, so
 * that a burst of losses takes one packet of each.
 *
 * <p>A payload with a moment of capture behind it is in none: its header is longer than the others
 * for some viewers, so that it lies elsewhere in what is protected.
 */
final class ParityColumns {
  /** longer payloads are not protected: there is no such packet on paths that WebRTC takes */
  static final int LONGEST_PAYLOAD = 1_500;

  private final int packetsEach;
  private final byte[][] parities;
  private final int[] lengths;
  private int count;

  ParityColumns(Protection protection) {
    packetsEach = protection.packets();
    int most = Math.max(1, ParityBlock.MOST_PACKETS / packetsEach);
    parities = new byte[most][LONGEST_PAYLOAD];
    lengths = new int[most];
  }

  void clear() {
    count = 0;
  }

  void make(PacketLog log, long start, int packets) {
    count = Math.max(1, (packets + packetsEach / 2) / packetsEach);
    for (int column = 0; column < count; column++) {
      Arrays.fill(parities[column], (byte) 0);
      lengths[column] = 0;
    }
    Ring ring = log.ring();
    for (int i = 0; i < packets; i++) {
      if (!ring.isStamped(start + i)) {
        add(i % count, ring, start + i);
      }
    }
  }

  private void add(int column, Ring ring, long position) {
    int at = ring.start(position);
    int length = ring.length(position);
    byte[] payload = ring.bytes(position);
    if (isProtectable(payload, at, length)) {
      Parity.add(parities[column], 0, payload, at, length);
      lengths[column] = Math.max(lengths[column], length);
    }
  }

  static boolean isProtectable(byte[] payload, int at, int length) {
    return length > 0 && length <= LONGEST_PAYLOAD && Ring.contains(payload, at, length);
  }

  /** how many parities there are; 0 before they are made */
  int count() {
    return count;
  }

  byte[] parity(int column) {
    return parities[column];
  }

  /** bytes of a parity that are in use */
  int length(int column) {
    return lengths[column];
  }
}
