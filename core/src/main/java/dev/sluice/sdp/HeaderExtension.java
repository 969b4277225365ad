package dev.sluice.sdp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An RTP header extension that a media description maps to an identifier (RFC 8285 section 5).
 *
 * <pre>{@code
 * a=extmap:<id>[/<direction>] <uri> [<attributes>]
 * }</pre>
 *
 * @param id the local identifier, 1 to 255
 * @param direction the direction of use as the describing side sees it, or null when not given
 * @param uri what the extension is
 */
public record HeaderExtension(int id, @Nullable Direction direction, String uri) {

  /** The identification tag of a bundled RTP stream (RFC 9143 section 15). */
  public static final String MID = "urn:ietf:params:rtp-hdrext:sdes:mid";

  /** The restriction identifier of an encoding (RFC 8852 section 3.1). */
  public static final String RID = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";

  /** The restriction identifier of what a retransmission repairs (RFC 8852 section 3.2). */
  public static final String REPAIRED_RID =
      "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id";

  /** The transport-wide sequence number (draft-holmer-rmcat-transport-wide-cc-extensions-01). */
  public static final String TRANSPORT_CC =
      "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";

  /** How long pictures are to be held back before they are shown. */
  public static final String PLAYOUT_DELAY =
      "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay";

  /** When the media of a packet was captured. */
  public static final String CAPTURE_TIME =
      "http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time";

  private static final int MAX_ID = 255;
  private static final int MAX_ONE_BYTE_ID = 14;

  /** Reads the mappings that are in use; others, and malformed ones, are left out. */
  static List<HeaderExtension> of(MediaDescription media) {
    List<HeaderExtension> extensions = new ArrayList<>();
    for (String value : media.lines().attributes("extmap")) {
      String[] fields = value.split("\\s+");
      String[] key = fields[0].split("/", 2);
      long id = Numbers.parseOr(key[0], 0);
      if (fields.length > 1 && id > 0 && id <= MAX_ID) {
        Direction direction = key.length > 1 ? Direction.named(key[1]) : null;
        extensions.add(new HeaderExtension((int) id, direction, fields[1]));
      }
    }
    return extensions;
  }

  /** Returns those that are used in a media description, by URI. */
  static Map<String, HeaderExtension> accepted(MediaDescription media, LocalDescription local) {
    Map<String, HeaderExtension> accepted = new LinkedHashMap<>();
    for (HeaderExtension extension : of(media)) {
      if (local.extensions().contains(extension.uri) && extension.fits(local.direction())) {
        accepted.putIfAbsent(extension.uri, extension);
      }
    }
    return accepted;
  }

  /** Says whether a side can use it, in the one-byte header. */
  private boolean fits(Direction local) {
    return id <= MAX_ONE_BYTE_ID
        && (direction == null || (local.sends() ? direction.receives() : direction.sends()));
  }

  /** Returns the value of the attribute in the answer of a side that sends or receives only. */
  String answer(Direction local) {
    return id + (direction == null ? " " : "/" + local.attribute() + ' ') + uri;
  }
}
