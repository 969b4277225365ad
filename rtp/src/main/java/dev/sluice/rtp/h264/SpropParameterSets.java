package dev.sluice.rtp.h264;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The SDP parameter sprop-parameter-sets (RFC 6184 section 8.1). */
public final class SpropParameterSets {

  private static final int MAX_SETS = 64;

  private SpropParameterSets() {}

  /**
   * Parses the parameter: NAL units in base64, separated by commas. What is not base64, empty or
   * not an SPS or PPS is left out.
   *
   * @param value what stands behind "sprop-parameter-sets="
   * @return SPS and PPS NAL units in their order, 64 at most
   */
  public static List<byte[]> parse(String value) {
    List<byte[]> sets = new ArrayList<>();
    for (String encoded : value.split(",", MAX_SETS + 1)) {
      byte[] nal = decode(encoded.strip());
      int type = nal.length < 2 ? 0 : NalUnit.type(nal[0]);
      if ((type == NalUnit.SPS || type == NalUnit.PPS) && sets.size() < MAX_SETS) {
        sets.add(nal);
      }
    }
    return sets;
  }

  /**
   * Makes the parameter.
   *
   * @param sets SPS and PPS NAL units without start codes
   * @return the value behind "sprop-parameter-sets="
   */
  public static String format(List<byte[]> sets) {
    Base64.Encoder encoder = Base64.getEncoder();
    return String.join(",", sets.stream().map(encoder::encodeToString).toList());
  }

  private static byte[] decode(String encoded) {
    try {
      return Base64.getDecoder().decode(encoded);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
