package dev.sluice.fanout;

import dev.sluice.rtp.BigEndian;

/**
 * What the packets of a picture carry in tests.
 *
 * @param number its place in the stream; it refers to the one before, unless it is a keyframe
 * @param packets how many it has
 */
record Picture(int number, int packets, boolean keyframe, long publishedNanos) {
  static final int LENGTH = 4 + 4 + 1 + 8;

  static Picture read(byte[] payload, int at) {
    return new Picture(
        BigEndian.getInt(payload, at),
        BigEndian.getInt(payload, at + 4),
        payload[at + 8] != 0,
        BigEndian.getLong(payload, at + 9));
  }

  void write(byte[] payload, int at) {
    BigEndian.putInt(payload, at, number);
    BigEndian.putInt(payload, at + 4, packets);
    payload[at + 8] = (byte) (keyframe ? 1 : 0);
    BigEndian.putLong(payload, at + 9, publishedNanos);
  }
}
