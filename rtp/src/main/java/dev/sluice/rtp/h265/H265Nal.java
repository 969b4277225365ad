package dev.sluice.rtp.h265;

import dev.sluice.rtp.nal.PayloadStructure;

/**
 * The NAL unit header (RFC 7798 section 1.1.4): names of its types and access to its fields.
 *
 * <pre>
 *  +---------------+---------------+
 *  |0|1|2|3|4|5|6|7|0|1|2|3|4|5|6|7|
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |F|   Type    |  LayerId  | TID |
 *  +-------------+-----------------+
 * </pre>
 */
final class H265Nal {

  static final int HEADER_BYTES = 2;
  static final int VPS = 32;
  static final int SPS = 33;
  static final int PPS = 34;
  static final int FILLER = 38;
  static final int AGGREGATE = 48;
  static final int FRAGMENT = 49;
  static final int PACI = 50;
  static final int TYPE_SHIFT = 1;

  private static final int FIRST_IRAP = 16;
  private static final int LAST_IRAP = 21;
  private static final int LAST_SLICE = 31;
  private static final int AUD = 35;
  private static final int PREFIX_SEI = 39;
  private static final int LAST_DEFINED = 47;
  private static final int FORBIDDEN_BIT = 0x80;
  private static final int TYPE_MASK = 0x3F;
  private static final int TYPE_BITS = TYPE_MASK << TYPE_SHIFT;
  private static final int TID_MASK = 0x07;

  static final PayloadStructure PAYLOADS =
      new PayloadStructure(HEADER_BYTES, TYPE_SHIFT, TYPE_MASK, AGGREGATE, FRAGMENT);

  private H265Nal() {}

  static boolean isForbidden(int first) {
    return (first & FORBIDDEN_BIT) != 0;
  }

  static int type(int first) {
    return first >> TYPE_SHIFT & TYPE_MASK;
  }

  /** the first byte of a header, with another type */
  static int withType(int first, int type) {
    return first & ~TYPE_BITS | type << TYPE_SHIFT;
  }

  static int temporalId(int second) {
    return Math.max(0, (second & TID_MASK) - 1);
  }

  /** whether H.265 defines or reserves the type; the others are of use to whoever likes */
  static boolean isDefined(int type) {
    return type <= LAST_DEFINED;
  }

  static boolean isSlice(int type) {
    return type <= LAST_SLICE;
  }

  static boolean isParameterSet(int type) {
    return type >= VPS && type <= PPS;
  }

  /** whether decoding can start at a picture of this type: BLA, IDR, CRA */
  static boolean isRandomAccess(int type) {
    return type >= FIRST_IRAP && type <= LAST_IRAP;
  }

  /** whether pictures of the same temporal layer do not refer to one of this type */
  static boolean isSubLayerNonReference(int type) {
    return type < FIRST_IRAP && type % 2 == 0;
  }

  /** whether it cannot follow the last slice of an access unit */
  static boolean precedesPicture(int type) {
    return type >= VPS && type <= AUD || type == PREFIX_SEI;
  }
}
