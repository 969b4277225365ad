package dev.sluice.rtp.h264;

import dev.sluice.rtp.nal.BitReader;
import dev.sluice.rtp.nal.ParameterSetCopies;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The newest parameter sets of a stream by id (H.264 sections 7.4.1.2.1, 7.4.2.1 and 7.4.2.2). */
final class ParameterSets {

  static final int SPS_IDS = 32;
  static final int PPS_IDS = 256;

  private static final int SPS_ID_OFFSET = 4;

  private final @Nullable ByteBuf[] sps = new ByteBuf[SPS_IDS];
  private final @Nullable ByteBuf[] pps = new ByteBuf[PPS_IDS];
  private final byte[] spsOfPps = new byte[PPS_IDS];
  private final BitReader bits = new BitReader();
  private final ParameterSetCopies copies = new ParameterSetCopies();

  /**
   * Keeps a copy of a sequence parameter set.
   *
   * @return its id; -1 if it is malformed or too large
   */
  int putSps(ByteBuf buf, int offset, int length) {
    bits.read(buf, offset + SPS_ID_OFFSET, offset + length);
    int id = bits.ue();
    boolean valid = !bits.failed() && id < SPS_IDS;
    return valid && copies.keep(sps, id, buf, offset, length) ? id : -1;
  }

  /**
   * Keeps a copy of a picture parameter set.
   *
   * @return its id; -1 if it is malformed or too large
   */
  int putPps(ByteBuf buf, int offset, int length) {
    bits.read(buf, offset + 1, offset + length);
    int id = bits.ue();
    int spsId = bits.ue();
    boolean valid = !bits.failed() && id < PPS_IDS && spsId < SPS_IDS;
    if (!valid || !copies.keep(pps, id, buf, offset, length)) {
      return -1;
    }
    spsOfPps[id] = (byte) spsId;
    return id;
  }

  @Nullable ByteBuf sps(int id) {
    return sps[id];
  }

  @Nullable ByteBuf pps(int id) {
    return pps[id];
  }

  /** id of the SPS that a known PPS refers to */
  int spsOfPps(int ppsId) {
    return spsOfPps[ppsId];
  }

  /** whether a picture that refers to this PPS can be decoded with what is known */
  boolean isComplete(int ppsId) {
    return ppsId < PPS_IDS && pps[ppsId] != null && sps[spsOfPps[ppsId]] != null;
  }
}
