package dev.sluice.rtp.h264;

import dev.sluice.rtp.nal.EncodedNalUnits;
import java.util.List;

/** The SDP parameter sprop-parameter-sets (RFC 6184 section 8.1). */
public final class SpropParameterSets {

  private SpropParameterSets() {}

  /**
   * Parses the parameter: NAL units in base64, separated by commas. What is not base64, empty or
   * not an SPS or PPS is left out.
   *
   * @param value what stands behind "sprop-parameter-sets="
   * @return SPS and PPS NAL units in their order, 64 at most
   */
  public static List<byte[]> parse(String value) {
    return EncodedNalUnits.parse(value, SpropParameterSets::isParameterSet);
  }

  /**
   * Makes the parameter.
   *
   * @param sets SPS and PPS NAL units without start codes
   * @return the value behind "sprop-parameter-sets="
   */
  public static String format(List<byte[]> sets) {
    return EncodedNalUnits.format(sets);
  }

  private static boolean isParameterSet(byte[] nal) {
    int type = nal.length < 2 ? 0 : NalUnit.type(nal[0]);
    return type == NalUnit.SPS || type == NalUnit.PPS;
  }
}
