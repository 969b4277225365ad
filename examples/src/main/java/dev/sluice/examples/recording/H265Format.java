package dev.sluice.examples.recording;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mp4parser.boxes.iso14496.part15.HevcConfigurationBox;
import org.mp4parser.boxes.iso14496.part15.HevcDecoderConfigurationRecord;
import org.mp4parser.boxes.sampleentry.AbstractSampleEntry;

/**
 * H.265 with its parameter sets in the sample description (ISO/IEC 14496-15, section 8.4).
 *
 * @param parameterSets VPS, SPS and PPS NAL units, in this order
 * @param sps what the first SPS says
 */
record H265Format(List<ByteBuffer> parameterSets, H265Sps sps) implements SampleFormat {
  private static final int VPS = 32;
  private static final int SPS = 33;
  private static final int PPS = 34;
  private static final int ACCESS_UNIT_DELIMITER = 35;

  /** null where the keyframe, of these NAL units, lacks a parameter set */
  static @Nullable H265Format of(List<ByteBuffer> units) throws IOException {
    List<ByteBuffer> parameterSets = new ArrayList<>();
    for (int type = VPS; type <= PPS; type++) {
      List<ByteBuffer> sets = ofType(units, type);
      if (sets.isEmpty()) {
        return null;
      }
      parameterSets.addAll(sets);
    }
    return new H265Format(parameterSets, H265Sps.parse(ofType(parameterSets, SPS).get(0)));
  }

  private static List<ByteBuffer> ofType(List<ByteBuffer> units, int type) {
    return NalUnits.copies(units, unit -> type(unit) == type);
  }

  private static int type(ByteBuffer unit) {
    return unit.get(unit.position()) >> 1 & 0x3F;
  }

  @Override
  public int width() {
    return sps.width();
  }

  @Override
  public int height() {
    return sps.height();
  }

  @Override
  public AbstractSampleEntry entry() {
    HevcDecoderConfigurationRecord hevc = new HevcDecoderConfigurationRecord();
    hevc.setConfigurationVersion(1);
    hevc.setGeneral_profile_space(sps.profile() >> 6);
    hevc.setGeneral_tier_flag((sps.profile() >> 5 & 1) == 1);
    hevc.setGeneral_profile_idc(sps.profile() & 0x1F);
    hevc.setGeneral_profile_compatibility_flags(sps.compatibility());
    hevc.setGeneral_constraint_indicator_flags(sps.constraints());
    hevc.setGeneral_level_idc(sps.level());
    hevc.setChromaFormat(sps.chromaFormat());
    hevc.setBitDepthLumaMinus8(sps.lumaBitsAbove8());
    hevc.setBitDepthChromaMinus8(sps.chromaBitsAbove8());
    hevc.setNumTemporalLayers(sps.temporalLayers());
    hevc.setTemporalIdNested(sps.isNested());
    hevc.setLengthSizeMinusOne(Integer.BYTES - 1);
    hevc.setArrays(List.of(array(VPS), array(SPS), array(PPS)));
    HevcConfigurationBox configuration = new HevcConfigurationBox();
    configuration.setHevcDecoderConfigurationRecord(hevc);
    return VisualEntries.of("hvc1", this, configuration);
  }

  private HevcDecoderConfigurationRecord.Array array(int type) {
    HevcDecoderConfigurationRecord.Array array = new HevcDecoderConfigurationRecord.Array();
    array.array_completeness = true;
    array.nal_unit_type = type;
    array.nalUnits = ofType(parameterSets, type).stream().map(Samples::bytes).toList();
    return array;
  }

  @Override
  public void write(ByteBuffer frame, ByteArrayOutputStream out) {
    NalUnits.write(frame, this::isSample, out);
  }

  private boolean isSample(ByteBuffer unit) {
    return type(unit) != ACCESS_UNIT_DELIMITER && !parameterSets.contains(unit);
  }
}
