package dev.sluice.examples.recording;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mp4parser.boxes.iso14496.part15.AvcConfigurationBox;
import org.mp4parser.boxes.sampleentry.AbstractSampleEntry;
import org.mp4parser.muxer.tracks.h264.parsing.model.SeqParameterSet;

/**
 * H.264 with its parameter sets in the sample description (ISO/IEC 14496-15, section 5.4).
 *
 * @param sequenceSets SPS NAL units, one at least
 * @param pictureSets PPS NAL units
 * @param width of pictures, in pixels
 * @param height of pictures, in pixels
 * @param chromaFormat chroma_format_idc
 * @param lumaBitsAbove8 bit_depth_luma_minus8
 * @param chromaBitsAbove8 bit_depth_chroma_minus8
 */
record H264Format(
    List<ByteBuffer> sequenceSets,
    List<ByteBuffer> pictureSets,
    int width,
    int height,
    int chromaFormat,
    int lumaBitsAbove8,
    int chromaBitsAbove8)
    implements SampleFormat {
  private static final int SPS = 7;
  private static final int PPS = 8;
  private static final int ACCESS_UNIT_DELIMITER = 9;
  private static final int MACROBLOCK = 16;

  /** null where the keyframe, of these NAL units, has no parameter sets */
  static @Nullable H264Format of(List<ByteBuffer> units) throws IOException {
    List<ByteBuffer> sequenceSets = NalUnits.copies(units, unit -> type(unit) == SPS);
    List<ByteBuffer> pictureSets = NalUnits.copies(units, unit -> type(unit) == PPS);
    if (sequenceSets.isEmpty() || pictureSets.isEmpty()) {
      return null;
    }
    SeqParameterSet sps = SeqParameterSet.read(NalUnits.payload(sequenceSets.get(0), 1));
    return new H264Format(
        sequenceSets,
        pictureSets,
        width(sps),
        height(sps),
        sps.chroma_format_idc.getId(),
        sps.bit_depth_luma_minus8,
        sps.bit_depth_chroma_minus8);
  }

  private static int type(ByteBuffer unit) {
    return unit.get(unit.position()) & 0x1F;
  }

  private static int width(SeqParameterSet sps) {
    int unit = sps.chroma_format_idc.getId() == 1 || sps.chroma_format_idc.getId() == 2 ? 2 : 1;
    int cropped = sps.frame_crop_left_offset + sps.frame_crop_right_offset;
    return (sps.pic_width_in_mbs_minus1 + 1) * MACROBLOCK - cropped * unit;
  }

  private static int height(SeqParameterSet sps) {
    int fields = sps.frame_mbs_only_flag ? 1 : 2;
    int unit = fields * (sps.chroma_format_idc.getId() == 1 ? 2 : 1);
    int cropped = sps.frame_crop_top_offset + sps.frame_crop_bottom_offset;
    return (sps.pic_height_in_map_units_minus1 + 1) * fields * MACROBLOCK - cropped * unit;
  }

  @Override
  public AbstractSampleEntry entry() {
    ByteBuffer sps = sequenceSets.get(0);
    AvcConfigurationBox configuration = new AvcConfigurationBox();
    configuration.setConfigurationVersion(1);
    configuration.setAvcProfileIndication(sps.get(1) & 0xFF);
    configuration.setProfileCompatibility(sps.get(2) & 0xFF);
    configuration.setAvcLevelIndication(sps.get(3) & 0xFF);
    configuration.setLengthSizeMinusOne(Integer.BYTES - 1);
    configuration.setHasExts(true); // written for the profiles that have them
    configuration.setChromaFormat(chromaFormat);
    configuration.setBitDepthLumaMinus8(lumaBitsAbove8);
    configuration.setBitDepthChromaMinus8(chromaBitsAbove8);
    configuration.setSequenceParameterSets(duplicates(sequenceSets));
    configuration.setPictureParameterSets(duplicates(pictureSets));
    return VisualEntries.of("avc1", this, configuration);
  }

  /** the library reads them to their ends */
  private static List<ByteBuffer> duplicates(List<ByteBuffer> units) {
    return units.stream().map(ByteBuffer::duplicate).toList();
  }

  @Override
  public void write(ByteBuffer frame, ByteArrayOutputStream out) {
    NalUnits.write(frame, this::isSample, out);
  }

  private boolean isSample(ByteBuffer unit) {
    return switch (type(unit)) {
      case SPS -> !sequenceSets.contains(unit);
      case PPS -> !pictureSets.contains(unit);
      case ACCESS_UNIT_DELIMITER -> false;
      default -> true;
    };
  }
}
