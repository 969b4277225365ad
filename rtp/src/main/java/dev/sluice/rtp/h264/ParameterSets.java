package dev.sluice.rtp.h264;

import dev.sluice.rtp.nal.BitReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** The newest parameter sets of a stream by id (H.264 sections 7.4.1.2.1, 7.4.2.1 and 7.4.2.2). */
final class ParameterSets {

  static final int SPS_IDS = 32;
  static final int PPS_IDS = 256;

  /** a larger parameter set, in bytes, is not kept; real ones have 10 to 200 */
  static final int MAX_BYTES = 2048;

  /** bytes kept of all parameter sets together */
  static final int MAX_TOTAL_BYTES = 32 * 1024;

  private static final int SPS_ID_OFFSET = 4;

  private final @Nullable ByteBuf[] sps = new ByteBuf[SPS_IDS];
  private final @Nullable ByteBuf[] pps = new ByteBuf[PPS_IDS];
  private final byte[] spsOfPps = new byte[PPS_IDS];
  private final BitReader bits = new BitReader();
  private int totalBytes;

  /**
   * Keeps a copy of a sequence parameter set.
   *
   * @return its id; -1 if it is malformed or too large
   */
  int putSps(ByteBuf buf, int offset, int length) {
    bits.read(buf, offset + SPS_ID_OFFSET, offset + length);
    int id = bits.ue();
    boolean valid = !bits.failed() && id < SPS_IDS;
    return valid && put(sps, id, buf, offset, length) ? id : -1;
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
    if (!valid || !put(pps, id, buf, offset, length)) {
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

  private boolean put(@Nullable ByteBuf[] sets, int id, ByteBuf buf, int offset, int length) {
    ByteBuf known = sets[id];
    int knownBytes = known == null ? 0 : known.readableBytes();
    if (known != null
        && knownBytes == length
        && ByteBufUtil.equals(known, 0, buf, offset, length)) {
      return true;
    }
    int total = totalBytes - knownBytes + length;
    if (length > MAX_BYTES || total > MAX_TOTAL_BYTES) {
      return false;
    }
    byte[] copy = new byte[length];
    buf.getBytes(offset, copy);
    sets[id] = Unpooled.wrappedBuffer(copy);
    totalBytes = total;
    return true;
  }
}
