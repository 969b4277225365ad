package dev.sluice.rtp.nal;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;

/** NAL units in base64, separated by commas, as SDP has parameter sets. */
public final class EncodedNalUnits {

  private static final int MOST = 64;

  private EncodedNalUnits() {}

  /**
   * Parses a list; what is not base64 is left out.
   *
   * @param value the list
   * @param wanted which NAL units are taken; gets empty ones too
   * @return NAL units in their order, 64 at most
   */
  public static List<byte[]> parse(String value, Predicate<byte[]> wanted) {
    List<byte[]> nals = new ArrayList<>();
    for (String encoded : value.split(",", MOST + 1)) {
      byte[] nal = decode(encoded.strip());
      if (wanted.test(nal) && nals.size() < MOST) {
        nals.add(nal);
      }
    }
    return nals;
  }

  /**
   * Makes a list.
   *
   * @param nals NAL units without start codes
   * @return what {@link #parse} takes
   */
  public static String format(List<byte[]> nals) {
    Base64.Encoder encoder = Base64.getEncoder();
    return String.join(",", nals.stream().map(encoder::encodeToString).toList());
  }

  private static byte[] decode(String encoded) {
    try {
      return Base64.getDecoder().decode(encoded);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
