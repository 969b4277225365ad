package dev.sluice.rtp.h265;

import dev.sluice.rtp.nal.EncodedNalUnits;
import java.util.List;

/** The SDP parameters sprop-vps, sprop-sps and sprop-pps (RFC 7798 section 7.1). */
public final class SpropParameterSets {

  private SpropParameterSets() {}

  /**
   * Parses one of them: NAL units in base64, separated by commas. What is not base64, empty or no
   * parameter set is left out.
   *
   * @param value what stands behind "sprop-vps=" and the like
   * @return VPS, SPS and PPS NAL units in their order, 64 at most
   */
  public static List<byte[]> parse(String value) {
    return EncodedNalUnits.parse(value, SpropParameterSets::isParameterSet);
  }

  /**
   * Makes one of them.
   *
   * @param sets VPS, SPS and PPS NAL units without start codes
   * @param type of those it is for: 32 VPS, 33 SPS, 34 PPS
   * @return its value, empty where there are none
   */
  public static String format(List<byte[]> sets, int type) {
    return EncodedNalUnits.format(
        sets.stream().filter(set -> isParameterSet(set) && H265Nal.type(set[0]) == type).toList());
  }

  private static boolean isParameterSet(byte[] nal) {
    return nal.length > H265Nal.HEADER_BYTES && H265Nal.isParameterSet(H265Nal.type(nal[0]));
  }
}
