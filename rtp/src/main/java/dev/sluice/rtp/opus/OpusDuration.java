package dev.sluice.rtp.opus;

import io.netty.buffer.ByteBuf;

/** How long an Opus packet lasts, which its first bytes say (RFC 6716, sections 3.1 and 3.2). */
public final class OpusDuration {

  /** duration of a packet that is malformed */
  public static final int UNKNOWN = 0;

  private static final int TICKS_A_MILLISECOND = 48;
  private static final int LONGEST = 120 * TICKS_A_MILLISECOND;
  private static final int CONFIG_SHIFT = 3;
  private static final int FIRST_HYBRID = 12;
  private static final int FIRST_CELT = 16;
  private static final int SHORTEST = 5 * TICKS_A_MILLISECOND / 2;
  private static final int CODE_MASK = 3;
  private static final int ANY_NUMBER = 3;
  private static final int NUMBER_MASK = 0x3F;

  private OpusDuration() {}

  /**
   * Reads the duration of a packet.
   *
   * @param buf holds the payload; its indices are left alone
   * @param offset absolute index of the payload
   * @param length payload length in bytes
   * @return duration in ticks of 48 kHz, at most 120 ms; {@link #UNKNOWN} if it is malformed
   */
  public static int ticks(ByteBuf buf, int offset, int length) {
    if (length < 1) {
      return UNKNOWN;
    }
    int toc = buf.getUnsignedByte(offset);
    int ticks = frameTicks(toc >> CONFIG_SHIFT) * frames(toc & CODE_MASK, buf, offset, length);
    return ticks <= LONGEST ? ticks : UNKNOWN;
  }

  private static int frameTicks(int config) {
    if (config >= FIRST_CELT) {
      return SHORTEST << (config & 3);
    }
    if (config >= FIRST_HYBRID) {
      return (config & 1) == 0 ? 10 * TICKS_A_MILLISECOND : 20 * TICKS_A_MILLISECOND;
    }
    int silk = config & 3;
    return silk == 3 ? 60 * TICKS_A_MILLISECOND : 10 * TICKS_A_MILLISECOND << silk;
  }

  private static int frames(int code, ByteBuf buf, int offset, int length) {
    if (code < ANY_NUMBER) {
      return code == 0 ? 1 : 2;
    }
    return length < 2 ? 0 : buf.getByte(offset + 1) & NUMBER_MASK;
  }
}
