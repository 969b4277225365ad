package dev.sluice.rtp.h264;

import io.netty.buffer.ByteBuf;

/**
 * The NAL unit header byte: names of its types and access to its fields (H.264 section 7.3.1, RFC
 * 6184 sections 1.3 and 5.2).
 *
 * <pre>
 *  +---------------+
 *  |0|1|2|3|4|5|6|7|
 *  +-+-+-+-+-+-+-+-+
 *  |F|NRI|  Type   |
 *  +---------------+
 * </pre>
 */
public final class NalUnit {

  /** coded slice of a non-IDR picture */
  public static final int SLICE = 1;

  /** coded slice data partition A: the one with the slice header */
  public static final int PARTITION_A = 2;

  /** coded slice of an IDR picture */
  public static final int IDR = 5;

  /** supplemental enhancement information */
  public static final int SEI = 6;

  /** sequence parameter set */
  public static final int SPS = 7;

  /** picture parameter set */
  public static final int PPS = 8;

  /** access unit delimiter */
  public static final int AUD = 9;

  /** end of sequence; a NAL unit of its header alone */
  public static final int END_OF_SEQUENCE = 10;

  /** end of stream; a NAL unit of its header alone */
  public static final int END_OF_STREAM = 11;

  /** filler data */
  public static final int FILLER = 12;

  /** prefix NAL unit: the first of the types 14 to 18, which begin an access unit */
  public static final int PREFIX = 14;

  /** the last of the types 14 to 18, which begin an access unit */
  static final int RESERVED_18 = 18;

  /** auxiliary slices, and those of further layers and views */
  private static final int FIRST_AUXILIARY = 19;

  private static final int LAST_EXTENSION = 21;

  /** the highest type that H.264 itself defines or reserves */
  static final int LAST_NAL_UNIT_TYPE = 23;

  /** single-time aggregation packet */
  public static final int STAP_A = 24;

  /** single-time aggregation packet with decoding order number; packetization-mode 2 only */
  public static final int STAP_B = 25;

  /** multi-time aggregation packet, 16-bit offsets; packetization-mode 2 only */
  public static final int MTAP16 = 26;

  /** multi-time aggregation packet, 24-bit offsets; packetization-mode 2 only */
  public static final int MTAP24 = 27;

  /** fragmentation unit */
  public static final int FU_A = 28;

  /** fragmentation unit with decoding order number; packetization-mode 2 only */
  public static final int FU_B = 29;

  private static final int FORBIDDEN_BIT = 0x80;
  private static final int NRI_SHIFT = 5;
  private static final int NRI_BITS = 3;
  static final int TYPE_MASK = 0x1F;

  private NalUnit() {}

  /**
   * The nal_unit_type.
   *
   * @param header the header byte
   * @return 0 to 31
   */
  public static int type(int header) {
    return header & TYPE_MASK;
  }

  /**
   * The nal_ref_idc: 0 when nothing refers to this NAL unit, so that it may be dropped.
   *
   * @param header the header byte
   * @return 0 to 3
   */
  public static int refIdc(int header) {
    return header >> NRI_SHIFT & NRI_BITS;
  }

  /**
   * Whether the forbidden_zero_bit is set: the NAL unit is known to be damaged.
   *
   * @param header the header byte
   * @return true if it is set
   */
  public static boolean isForbidden(int header) {
    return (header & FORBIDDEN_BIT) != 0;
  }

  /**
   * Makes a header byte.
   *
   * @param refIdc nal_ref_idc, 0 to 3
   * @param type nal_unit_type, 0 to 31
   * @return the header byte, 0 to 127
   */
  public static int header(int refIdc, int type) {
    return (refIdc & NRI_BITS) << NRI_SHIFT | type & TYPE_MASK;
  }

  /** whether a NAL unit of this type carries a slice header, so that a picture begins with it */
  static boolean hasSliceHeader(int type) {
    return type == SLICE || type == IDR || type == PARTITION_A;
  }

  /** whether a NAL unit of this type can stand in a NAL unit stream, that is in H.264 itself */
  static boolean precedesPicture(int type) {
    return type >= SEI && type <= AUD || type >= PREFIX && type <= RESERVED_18;
  }

  static boolean isStreamType(int type) {
    return type > 0 && type <= LAST_NAL_UNIT_TYPE;
  }

  /** whether a NAL unit of this type is part of a picture, slices of further layers included */
  static boolean isSliceData(int type) {
    return type >= SLICE && type <= IDR || type >= FIRST_AUXILIARY && type <= LAST_EXTENSION;
  }

  /** whether RFC 6184 leaves the type undefined */
  static boolean isUndefined(int type) {
    return type == 0 || type > FU_B;
  }

  /** whether a NAL unit of this type is more than its header */
  static boolean hasBody(int type) {
    return type != END_OF_SEQUENCE && type != END_OF_STREAM;
  }

  /** whether these bytes can be a NAL unit: a valid header and, where the type has one, a body */
  static boolean isWellFormed(ByteBuf buf, int offset, int length) {
    if (length == 0) {
      return false;
    }
    int header = buf.getByte(offset);
    int type = type(header);
    return (length > 1 || !hasBody(type)) && !isForbidden(header) && isStreamType(type);
  }
}
