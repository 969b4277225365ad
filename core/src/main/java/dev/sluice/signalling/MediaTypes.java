package dev.sluice.signalling;

import java.util.Locale;

/** Content-Type and Accept header fields (RFC 9110 sections 8.3 and 12.5.1). */
final class MediaTypes {

  static final String SDP = "application/sdp";
  static final String TRICKLE = "application/trickle-ice-sdpfrag";

  private MediaTypes() {}

  /** Says whether a Content-Type is of a media type, whatever its parameters. */
  static boolean isOf(String mediaType, String contentType) {
    return withoutParameters(contentType).equals(mediaType);
  }

  /** Says whether an Accept takes a media type; one that is missing takes all. */
  static boolean accepts(String accept, String mediaType) {
    if (accept.isBlank()) {
      return true;
    }
    String anySubtype = mediaType.substring(0, mediaType.indexOf('/')) + "/*";
    int precision = -1;
    boolean accepted = false;
    for (String element : accept.split(",")) {
      String range = withoutParameters(element);
      int own =
          range.equals(mediaType) ? 2 : range.equals(anySubtype) ? 1 : range.equals("*/*") ? 0 : -1;
      if (own > precision) {
        precision = own;
        accepted = !hasZeroWeight(element);
      }
    }
    return accepted;
  }

  private static boolean hasZeroWeight(String element) {
    return element
        .replaceAll("\\s", "")
        .toLowerCase(Locale.ROOT)
        .matches(".*;q=0(\\.0{0,3})?(;.*)?");
  }

  private static String withoutParameters(String value) {
    int semicolon = value.indexOf(';');
    return (semicolon < 0 ? value : value.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }
}
