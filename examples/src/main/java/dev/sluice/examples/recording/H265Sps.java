package dev.sluice.examples.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.mp4parser.muxer.tracks.h264.parsing.read.CAVLCReader;

/**
 * What an MP4 file repeats of a sequence parameter set (H.265 section 7.3.2.2.1). The library's own
 * parser takes no notice of the conformance window.
 *
 * @param profile general_profile_space, general_tier_flag and general_profile_idc
 * @param compatibility general_profile_compatibility_flags
 * @param constraints the 48 bits from general_progressive_source_flag on
 * @param level general_level_idc
 * @param temporalLayers sps_max_sub_layers_minus1 + 1
 * @param isNested sps_temporal_id_nesting_flag
 * @param chromaFormat chroma_format_idc
 * @param width of pictures, in pixels
 * @param height of pictures, in pixels
 * @param lumaBitsAbove8 bit_depth_luma_minus8
 * @param chromaBitsAbove8 bit_depth_chroma_minus8
 */
record H265Sps(
    int profile,
    long compatibility,
    long constraints,
    int level,
    int temporalLayers,
    boolean isNested,
    int chromaFormat,
    int width,
    int height,
    int lumaBitsAbove8,
    int chromaBitsAbove8) {
  private static final int HEADER_BYTES = 2;
  private static final int CHROMA_420 = 1;
  private static final int CHROMA_422 = 2;
  private static final int CHROMA_444 = 3;
  private static final int MAX_SUB_LAYERS = 8;

  static H265Sps parse(ByteBuffer unit) throws IOException {
    CAVLCReader bits = new CAVLCReader(NalUnits.payload(unit, HEADER_BYTES));
    bits.readNBit(4); // sps_video_parameter_set_id
    int subLayers = (int) bits.readNBit(3);
    boolean isNested = bits.readBool();
    int profile = (int) bits.readNBit(8);
    long compatibility = bits.readNBit(32);
    long constraints = bits.readNBit(48);
    int level = (int) bits.readNBit(8);
    skipSubLayers(bits, subLayers);
    bits.readUE("sps_seq_parameter_set_id");
    int chromaFormat = bits.readUE("chroma_format_idc");
    if (chromaFormat == CHROMA_444) {
      bits.readBool(); // separate_colour_plane_flag
    }
    int width = bits.readUE("pic_width_in_luma_samples");
    int height = bits.readUE("pic_height_in_luma_samples");
    if (bits.readBool()) { // conformance_window_flag
      boolean halved = chromaFormat == CHROMA_420 || chromaFormat == CHROMA_422;
      width -= cropped(bits) * (halved ? 2 : 1);
      height -= cropped(bits) * (chromaFormat == CHROMA_420 ? 2 : 1);
    }
    return new H265Sps(
        profile,
        compatibility,
        constraints,
        level,
        subLayers + 1,
        isNested,
        chromaFormat,
        width,
        height,
        bits.readUE("bit_depth_luma_minus8"),
        bits.readUE("bit_depth_chroma_minus8"));
  }

  /** H.265 section 7.3.3, after the general part */
  private static void skipSubLayers(CAVLCReader bits, int subLayers) throws IOException {
    if (subLayers == 0) {
      return;
    }
    long present = bits.readNBit(2 * MAX_SUB_LAYERS);
    for (int layer = 0; layer < subLayers; layer++) {
      boolean profilePresent = (present >> 15 - 2 * layer & 1) == 1;
      boolean levelPresent = (present >> 14 - 2 * layer & 1) == 1;
      skip(bits, (profilePresent ? 88 : 0) + (levelPresent ? 8 : 0));
    }
  }

  private static void skip(CAVLCReader bits, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      bits.readBool();
    }
  }

  /** samples cut off on two opposite sides, in units of the chroma format */
  private static int cropped(CAVLCReader bits) throws IOException {
    return bits.readUE("first side") + bits.readUE("other side");
  }
}
