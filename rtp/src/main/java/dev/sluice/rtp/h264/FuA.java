package dev.sluice.rtp.h264;

/**
 * The two header bytes of an FU-A payload (RFC 6184 section 5.8).
 *
 * <pre>
 *  | FU indicator  |   FU header   |
 *  |0|1|2|3|4|5|6|7|0|1|2|3|4|5|6|7|
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |F|NRI| 28      |S|E|R|  Type   |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class FuA {

  static final int INDICATOR_OFFSET = 0;
  static final int HEADER_OFFSET = 1;
  static final int PAYLOAD_OFFSET = 2;

  private static final int START_BIT = 0x80;
  private static final int END_BIT = 0x40;
  private static final int REF_IDC_MASK = 0xE0;

  private FuA() {}

  static boolean isStart(int fuHeader) {
    return (fuHeader & START_BIT) != 0;
  }

  static boolean isEnd(int fuHeader) {
    return (fuHeader & END_BIT) != 0;
  }

  /** the header byte of the NAL unit that is fragmented */
  static int nalHeader(int indicator, int fuHeader) {
    return indicator & REF_IDC_MASK | NalUnit.type(fuHeader);
  }

  static void write(byte[] array, int offset, int nalHeader, boolean start, boolean end) {
    array[offset + INDICATOR_OFFSET] = (byte) (nalHeader & REF_IDC_MASK | NalUnit.FU_A);
    array[offset + HEADER_OFFSET] =
        (byte) (NalUnit.type(nalHeader) | (start ? START_BIT : 0) | (end ? END_BIT : 0));
  }
}
