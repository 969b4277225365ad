package dev.sluice.rtp.nal;

/**
 * How a payload format of NAL units begins its payloads. Aggregates hold NAL units behind lengths
 * of two bytes, fragments have a byte with their S and E bits behind the NAL unit header.
 *
 * @param headerBytes length of a NAL unit header
 * @param typeShift where its type begins, in the first byte
 * @param typeMask the bits of a type
 * @param aggregate type of aggregates
 * @param fragment type of fragments
 */
public record PayloadStructure(
    int headerBytes, int typeShift, int typeMask, int aggregate, int fragment) {

  int type(int first) {
    return first >> typeShift & typeMask;
  }

  /** the first byte of a header, with the type that a fragment's header tells */
  int withType(int first, int fuHeader) {
    return first & ~(typeMask << typeShift) | (fuHeader & typeMask) << typeShift;
  }
}
