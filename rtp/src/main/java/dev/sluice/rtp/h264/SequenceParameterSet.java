package dev.sluice.rtp.h264;

import dev.sluice.rtp.nal.BitReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * What a sequence parameter set says about its stream (H.264 sections 7.3.2.1.1 and 7.4.2.1.1), as
 * far as a relay is interested: without VUI parameters.
 *
 * @param profileLevelId profile, constraint flags and level
 * @param id seq_parameter_set_id, 0 to 31
 * @param width of the picture after cropping, in luma samples
 * @param height of the frame after cropping, in luma samples
 */
public record SequenceParameterSet(ProfileLevelId profileLevelId, int id, int width, int height) {

  /** twice what level 6.2 allows */
  private static final int MAX_SIDE_MACROBLOCKS = 2112;

  private static final int MACROBLOCK = 16;
  private static final int MAX_CYCLE = 255;
  private static final int CHROMA_420 = 1;
  private static final int CHROMA_422 = 2;
  private static final int CHROMA_444 = 3;

  /**
   * Parses a sequence parameter set.
   *
   * @param nal the NAL unit, without start code
   * @return null if it is malformed
   */
  public static @Nullable SequenceParameterSet parse(byte[] nal) {
    ByteBuf buf = Unpooled.wrappedBuffer(nal);
    if (!NalUnit.isWellFormed(buf, 0, nal.length) || NalUnit.type(nal[0]) != NalUnit.SPS) {
      return null;
    }
    return parse(new BitReader().read(buf, 1, nal.length));
  }

  private static @Nullable SequenceParameterSet parse(BitReader bits) {
    int profileIdc = bits.bits(8);
    int constraints = bits.bits(8);
    int levelIdc = bits.bits(8);
    int id = bits.ue();
    int chromaFormat = hasChromaFormat(profileIdc) ? chromaFormat(bits) : CHROMA_420;
    bits.ue(); // log2_max_frame_num_minus4
    skipPictureOrderCount(bits);
    bits.ue(); // max_num_ref_frames
    bits.bit(); // gaps_in_frame_num_value_allowed_flag
    int widthInMbs = bits.ue() + 1;
    int heightInMapUnits = bits.ue() + 1;
    int fields = 2 - bits.bit(); // frame_mbs_only_flag
    if (fields == 2) {
      bits.bit(); // mb_adaptive_frame_field_flag
    }
    bits.bit(); // direct_8x8_inference_flag
    boolean tooLarge =
        widthInMbs > MAX_SIDE_MACROBLOCKS || heightInMapUnits > MAX_SIDE_MACROBLOCKS / fields;
    if (bits.failed() || tooLarge || id >= ParameterSets.SPS_IDS || chromaFormat > CHROMA_444) {
      return null;
    }
    long width = widthInMbs * MACROBLOCK;
    long height = heightInMapUnits * fields * MACROBLOCK;
    if (bits.flag()) { // frame_cropping_flag
      width -= cropping(bits, chromaFormat == CHROMA_420 || chromaFormat == CHROMA_422 ? 2 : 1);
      height -= cropping(bits, fields * (chromaFormat == CHROMA_420 ? 2 : 1));
    }
    if (bits.failed() || width <= 0 || height <= 0) {
      return null;
    }
    ProfileLevelId profile = new ProfileLevelId(profileIdc, constraints, levelIdc);
    return new SequenceParameterSet(profile, id, (int) width, (int) height);
  }

  private static boolean hasChromaFormat(int profileIdc) {
    return switch (profileIdc) {
      case 100, 110, 122, 244, 44, 83, 86, 118, 128, 134, 135, 138, 139 -> true;
      default -> false;
    };
  }

  /**
   * @return chroma_format_idc; with separate_colour_plane_flag 0, since each plane is then coded
   *     like a monochrome picture
   */
  private static int chromaFormat(BitReader bits) {
    int chromaFormat = bits.ue();
    boolean separatePlanes = chromaFormat == CHROMA_444 && bits.flag();
    bits.ue(); // bit_depth_luma_minus8
    bits.ue(); // bit_depth_chroma_minus8
    bits.bit(); // qpprime_y_zero_transform_bypass_flag
    if (bits.flag()) { // seq_scaling_matrix_present_flag
      int lists = chromaFormat == CHROMA_444 ? 12 : 8;
      for (int i = 0; i < lists; i++) {
        if (bits.flag()) {
          skipScalingList(bits, i < 6 ? 16 : 64);
        }
      }
    }
    return separatePlanes ? 0 : chromaFormat;
  }

  /** H.264 section 7.3.2.1.1.1 */
  private static void skipScalingList(BitReader bits, int size) {
    int last = 8;
    int next = 8;
    for (int i = 0; i < size && next != 0 && !bits.failed(); i++) {
      next = last + bits.se() & 0xFF;
      last = next == 0 ? last : next;
    }
  }

  private static void skipPictureOrderCount(BitReader bits) {
    int type = bits.ue();
    if (type == 0) {
      bits.ue(); // log2_max_pic_order_cnt_lsb_minus4
    } else if (type == 1) {
      bits.bit(); // delta_pic_order_always_zero_flag
      bits.se(); // offset_for_non_ref_pic
      bits.se(); // offset_for_top_to_bottom_field
      int cycle = bits.ue(); // num_ref_frames_in_pic_order_cnt_cycle
      for (int i = 0; i < cycle && i < MAX_CYCLE && !bits.failed(); i++) {
        bits.se(); // offset_for_ref_frame
      }
    }
  }

  /** samples cut off on two opposite sides */
  private static long cropping(BitReader bits, int unit) {
    return ((long) bits.ue() + bits.ue()) * unit;
  }
}
