package dev.sluice.sdp;

import java.util.ArrayList;
import java.util.List;
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
record HeaderExtension(int id, @Nullable Direction direction, String uri) {

  /** The identification tag of a bundled RTP stream (RFC 9143 section 15). */
  static final String MID = "urn:ietf:params:rtp-hdrext:sdes:mid";

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

  /** Says whether the describing side takes it in the one-byte header. */
  boolean isReceivedInOneByteForm() {
    return id <= MAX_ONE_BYTE_ID && (direction == null || direction.receives());
  }

  /** Returns the value of the attribute in the answer of a side that only sends. */
  String sendonlyAnswer() {
    return id + (direction == null ? " " : "/" + Direction.SENDONLY.attribute() + ' ') + uri;
  }
}
