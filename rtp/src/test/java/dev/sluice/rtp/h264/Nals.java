package dev.sluice.rtp.h264;

import java.util.Arrays;
import java.util.Random;

/** Makes NAL units for tests. */
final class Nals {

  private static final int REFERENCE = 0x60;

  private Nals() {}

  /** a Constrained Baseline SPS of 640x480 */
  static byte[] sps(int id) {
    return new BitWriter()
        .u(8, 0x42)
        .u(8, 0xE0)
        .u(8, 30)
        .ue(id)
        .ue(0)
        .ue(2)
        .ue(1)
        .flag(false)
        .ue(39)
        .ue(29)
        .flag(true)
        .flag(true)
        .flag(false)
        .flag(false)
        .nal(REFERENCE | NalUnit.SPS);
  }

  static byte[] pps(int id, int spsId) {
    return pps(id, spsId, 4);
  }

  static byte[] pps(int id, int spsId, int moreBytes) {
    BitWriter bits = new BitWriter().ue(id).ue(spsId);
    return bits.bytes(bytes(new Random(id), moreBytes)).nal(REFERENCE | NalUnit.PPS);
  }

  static byte[] idr(int ppsId, int size) {
    return slice(NalUnit.IDR, 0, ppsId, size);
  }

  static byte[] slice(int size) {
    return slice(NalUnit.SLICE, 0, 0, size);
  }

  /** a slice of that many bytes, the rest random */
  static byte[] slice(int type, int firstMacroblock, int ppsId, int size) {
    BitWriter bits = new BitWriter().ue(firstMacroblock).ue(7).ue(ppsId);
    byte[] head = bits.nal(REFERENCE | type);
    byte[] nal = bytes(new Random(31L * size + firstMacroblock), Math.max(size, head.length));
    System.arraycopy(head, 0, nal, 0, head.length);
    return nal;
  }

  /** a slice of a picture that nothing refers to */
  static byte[] disposable(int firstMacroblock, int size) {
    byte[] nal = slice(NalUnit.SLICE, firstMacroblock, 0, size);
    nal[0] = NalUnit.SLICE;
    return nal;
  }

  static byte[] recoveryPoint(int frameCount) {
    byte[] payload = new BitWriter().ue(frameCount).flag(true).flag(false).u(2, 0).nal(0);
    return new BitWriter()
        .u(8, 6)
        .u(8, payload.length - 1)
        .bytes(Arrays.copyOfRange(payload, 1, payload.length))
        .nal(NalUnit.SEI);
  }

  static byte[] aud() {
    return new byte[] {NalUnit.AUD, (byte) 0xF0};
  }

  /** no zero bytes, so that neither start codes nor emulation prevention come about by chance */
  static byte[] bytes(Random random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    for (int i = 0; i < count; i++) {
      bytes[i] = bytes[i] == 0 ? 1 : bytes[i];
    }
    return bytes;
  }
}
