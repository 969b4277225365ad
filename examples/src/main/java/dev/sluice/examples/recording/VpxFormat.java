package dev.sluice.examples.recording;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.mp4parser.boxes.sampleentry.AbstractSampleEntry;
import org.mp4parser.boxes.webm.VPCodecConfigurationBox;
import org.mp4parser.muxer.tracks.h264.parsing.read.CAVLCReader;

/**
 * VP8 and VP9 (VP Codec ISO Media File Format Binding).
 *
 * @param type vp08 or vp09
 * @param profile of the bit stream
 * @param bitDepth 8, 10 or 12
 * @param width of pictures, in pixels
 * @param height of pictures, in pixels
 */
record VpxFormat(String type, int profile, int bitDepth, int width, int height)
    implements SampleFormat {
  private static final int VP8_SIZE_AT = 6;
  private static final int VP8_SIZE_MASK = 0x3FFF;
  private static final int SRGB = 7;
  private static final int CHROMA_420 = 1;
  private static final int CHROMA_444 = 3;
  private static final int UNSPECIFIED = 2;

  /** RFC 6386 section 9.1 */
  static VpxFormat vp8(ByteBuffer keyframe) {
    ByteBuffer header = keyframe.slice().order(ByteOrder.LITTLE_ENDIAN);
    int width = header.getShort(VP8_SIZE_AT) & VP8_SIZE_MASK;
    int height = header.getShort(VP8_SIZE_AT + Short.BYTES) & VP8_SIZE_MASK;
    return new VpxFormat("vp08", header.get(0) >> 1 & 7, 8, width, height);
  }

  /** VP9 bitstream specification, section 6.2 */
  static VpxFormat vp9(ByteBuffer keyframe) throws IOException {
    CAVLCReader bits = new CAVLCReader(new ByteArrayInputStream(Samples.bytes(keyframe)));
    bits.readNBit(2); // frame_marker
    int profile = (int) bits.readNBit(1) + 2 * (int) bits.readNBit(1);
    bits.readNBit(profile == 3 ? 5 : 4); // reserved_zero to error_resilient_mode
    bits.readNBit(24); // frame_sync_code
    int bitDepth = profile < 2 ? 8 : bits.readBool() ? 12 : 10;
    boolean rgb = bits.readNBit(3) == SRGB;
    int rest = (rgb ? 0 : 1) + (profile % 2 == 0 ? 0 : rgb ? 1 : 3);
    bits.readNBit(rest); // color_range, subsampling_x, subsampling_y and reserved_zero
    int width = (int) bits.readNBit(16) + 1;
    int height = (int) bits.readNBit(16) + 1;
    return new VpxFormat("vp09", profile, bitDepth, width, height);
  }

  @Override
  public AbstractSampleEntry entry() {
    VPCodecConfigurationBox configuration = new VPCodecConfigurationBox();
    configuration.setVersion(1);
    configuration.setProfile(profile);
    configuration.setBitDepth(bitDepth);
    configuration.setChromaSubsampling(profile % 2 == 0 ? CHROMA_420 : CHROMA_444);
    configuration.setColourPrimaries(UNSPECIFIED);
    configuration.setTransferCharacteristics(UNSPECIFIED);
    configuration.setMatrixCoefficients(UNSPECIFIED);
    configuration.setCodecIntializationData(new byte[0]);
    return VisualEntries.of(type, this, configuration);
  }

  @Override
  public void write(ByteBuffer frame, ByteArrayOutputStream out) {
    Samples.append(frame, out);
  }
}
