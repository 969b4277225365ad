package dev.sluice.rtp.h264;

import dev.sluice.rtp.nal.BitReader;
import io.netty.buffer.ByteBuf;

/** Supplemental enhancement information (H.264 sections 7.3.2.3, D.1.8 and D.2.8). */
final class Sei {

  private static final int RECOVERY_POINT = 6;
  private static final int CONTINUED = 0xFF;

  private Sei() {}

  /**
   * Looks for a recovery point.
   *
   * @return its recovery_frame_cnt, in frames: 0 when decoding can start right there; -1 if there
   *     is no recovery point message
   */
  static int recoveryFrameCount(BitReader bits, ByteBuf buf, int offset, int length) {
    bits.read(buf, offset + 1, offset + length);
    while (!bits.failed()) {
      int type = extended(bits);
      int size = extended(bits);
      if (type == RECOVERY_POINT && size > 0) {
        int count = bits.ue();
        return bits.failed() ? -1 : count;
      }
      bits.skipBytes(size);
    }
    return -1;
  }

  /** payloadType and payloadSize: any number of bytes 255 and one that is less */
  private static int extended(BitReader bits) {
    int value = 0;
    int last;
    do {
      last = bits.bits(8);
      value += last;
    } while (last == CONTINUED);
    return value;
  }
}
