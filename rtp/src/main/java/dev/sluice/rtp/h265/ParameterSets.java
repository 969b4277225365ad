package dev.sluice.rtp.h265;

import dev.sluice.rtp.nal.BitReader;
import dev.sluice.rtp.nal.ParameterSetCopies;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The newest parameter sets of a stream by id (H.265 sections 7.3.2.1 to 7.3.2.3). */
final class ParameterSets {

  static final int VPS_IDS = 16;
  static final int SPS_IDS = 16;
  static final int PPS_IDS = 64;

  private static final int PROFILE_FLAGS_BITS = 80;
  private static final int LEVEL_BITS = 8;
  private static final int MAX_SUB_LAYERS = 8;

  private final @Nullable ByteBuf[] vps = new ByteBuf[VPS_IDS];
  private final @Nullable ByteBuf[] sps = new ByteBuf[SPS_IDS];
  private final @Nullable ByteBuf[] pps = new ByteBuf[PPS_IDS];
  private final byte[] vpsOfSps = new byte[SPS_IDS];
  private final byte[] highestTemporalIds = new byte[SPS_IDS];
  private final @Nullable H265Profile[] profiles = new H265Profile[SPS_IDS];
  private final byte[] spsOfPps = new byte[PPS_IDS];
  private final BitReader bits = new BitReader();
  private final ParameterSetCopies copies = new ParameterSetCopies();

  /**
   * Keeps a copy of a parameter set.
   *
   * @return its id; -1 if it is none, malformed or too large
   */
  int put(ByteBuf buf, int offset, int length) {
    bits.read(buf, offset + H265Nal.HEADER_BYTES, offset + length);
    return switch (length < H265Nal.HEADER_BYTES ? -1 : H265Nal.type(buf.getByte(offset))) {
      case H265Nal.VPS -> putVps(buf, offset, length);
      case H265Nal.SPS -> putSps(buf, offset, length);
      case H265Nal.PPS -> putPps(buf, offset, length);
      default -> -1;
    };
  }

  private int putVps(ByteBuf buf, int offset, int length) {
    int id = bits.bits(4);
    return !bits.failed() && copies.keep(vps, id, buf, offset, length) ? id : -1;
  }

  private int putSps(ByteBuf buf, int offset, int length) {
    int vpsId = bits.bits(4);
    int highestTemporalId = bits.bits(3);
    bits.bit(); // sps_temporal_id_nesting_flag
    bits.bits(2); // general_profile_space
    int tier = bits.bit();
    int profileId = bits.bits(5);
    skip(PROFILE_FLAGS_BITS);
    int levelId = bits.bits(LEVEL_BITS);
    skipSubLayers(highestTemporalId);
    int id = bits.ue();
    if (bits.failed() || id >= SPS_IDS || !copies.keep(sps, id, buf, offset, length)) {
      return -1;
    }
    vpsOfSps[id] = (byte) vpsId;
    highestTemporalIds[id] = (byte) highestTemporalId;
    H265Profile known = profiles[id];
    if (known == null
        || known.profileId() != profileId
        || known.tier() != tier
        || known.levelId() != levelId) {
      profiles[id] = new H265Profile(profileId, tier, levelId);
    }
    return id;
  }

  private void skipSubLayers(int count) {
    int present = bits.bits(count == 0 ? 0 : 2 * MAX_SUB_LAYERS);
    for (int i = 0; i < count; i++) {
      int flags = present >> 2 * (MAX_SUB_LAYERS - 1 - i);
      skip(((flags & 2) != 0 ? LEVEL_BITS + PROFILE_FLAGS_BITS : 0));
      skip(((flags & 1) != 0 ? LEVEL_BITS : 0));
    }
  }

  private void skip(int count) {
    for (int i = 0; i < count; i++) {
      bits.bit();
    }
  }

  private int putPps(ByteBuf buf, int offset, int length) {
    int id = bits.ue();
    int spsId = bits.ue();
    boolean valid = !bits.failed() && id < PPS_IDS && spsId < SPS_IDS;
    if (!valid || !copies.keep(pps, id, buf, offset, length)) {
      return -1;
    }
    spsOfPps[id] = (byte) spsId;
    return id;
  }

  @Nullable ByteBuf vps(int id) {
    return vps[id];
  }

  @Nullable ByteBuf sps(int id) {
    return sps[id];
  }

  @Nullable ByteBuf pps(int id) {
    return pps[id];
  }

  int vpsOfSps(int id) {
    return vpsOfSps[id];
  }

  int spsOfPps(int id) {
    return spsOfPps[id];
  }

  /** what an SPS says of the highest temporal layer; -1 if it is not known */
  int highestTemporalId(int spsId) {
    return sps[spsId] == null ? -1 : highestTemporalIds[spsId];
  }

  @Nullable H265Profile profile(int spsId) {
    return profiles[spsId];
  }

  /** whether a picture that refers to this PPS can be decoded with what is known */
  boolean isComplete(int ppsId) {
    if (ppsId >= PPS_IDS || pps[ppsId] == null) {
      return false;
    }
    int spsId = spsOfPps[ppsId];
    return sps[spsId] != null && vps[vpsOfSps[spsId]] != null;
  }
}
