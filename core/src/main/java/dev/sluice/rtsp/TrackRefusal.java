package dev.sluice.rtsp;

import dev.sluice.codec.Codec;
import dev.sluice.codec.MediaKind;
import dev.sluice.sdp.MediaDescription;
import dev.sluice.sdp.PayloadFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says why a track of an announcement is not relayed, and what to change at the encoder. */
final class TrackRefusal {

  /** payload types that need no rtpmap (RFC 3551, section 6) */
  private static final Map<String, String> STATIC_TYPES =
      Map.of("3", "GSM", "14", "MPEG audio", "26", "JPEG", "32", "MPEG video");

  private TrackRefusal() {}

  /** Whether a protocol of an m= line stands for plain RTP, whatever transport it names. */
  static boolean isProtocol(String protocol) {
    return switch (protocol.toUpperCase(Locale.ROOT).replaceAll("/?(TCP|UDP)/?", "")) {
      case "RTP/AVP", "RTP/AVPF" -> true;
      default -> false;
    };
  }

  static String ofProtocol(String protocol) {
    return protocol.toUpperCase(Locale.ROOT).contains("SAVP")
        ? "encrypted media (" + protocol + ") is not taken, send RTP/AVP"
        : "media by " + protocol + " is not taken, send RTP/AVP";
  }

  /**
   * Explains a track with no format that is relayed.
   *
   * @param formats those that could be read
   * @param wanted kinds of which no track came before it
   */
  static String ofFormats(
      MediaDescription media, List<PayloadFormat> formats, Set<MediaKind> wanted) {
    String type = media.media().toLowerCase(Locale.ROOT);
    List<Codec> relayed = relayed(type);
    if (relayed.isEmpty()) {
      return "a track of type " + type + " is not relayed";
    }
    for (PayloadFormat format : formats) {
      if (isOneOf(relayed, format)) {
        return wanted.contains(relayed.get(0).kind())
            ? "this form of " + format.encoding() + " is not relayed (" + format.formatLine() + ")"
            : "a second " + type + " track is not relayed, publish it under a name of its own";
      }
    }
    String named = formats.isEmpty() ? "" : formats.get(0).encoding();
    String encoding = named.isEmpty() ? unmapped(media) : named;
    return "%s %s is not relayed, set the encoder to %s"
        .formatted(
            encoding, type, relayed.stream().map(Codec::name).collect(Collectors.joining(" or ")));
  }

  private static List<Codec> relayed(String type) {
    return Stream.of(Codec.values()).filter(c -> c.kind().media().equals(type)).toList();
  }

  private static boolean isOneOf(List<Codec> codecs, PayloadFormat format) {
    return codecs.stream()
        .anyMatch(
            codec ->
                codec.name().equalsIgnoreCase(format.encoding())
                    || codec.format().parse(format) != null);
  }

  private static String unmapped(MediaDescription media) {
    String type = media.formats().get(0);
    return STATIC_TYPES.getOrDefault(type, "unnamed (payload type " + type + ")");
  }
}
