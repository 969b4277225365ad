package dev.sluice.sdp;

import org.jspecify.annotations.Nullable;

/**
 * A payload format that this side offers to receive.
 *
 * @param payloadType the one that has this meaning by itself (RFC 3551 section 6), or -1 for any
 * @param rtpmap the value of its rtpmap attribute after the payload type
 * @param parameters the value of its fmtp attribute after the payload type, or null for none
 */
public record FormatOffer(int payloadType, String rtpmap, @Nullable String parameters) {

  /**
   * Describes a format that needs a payload type of its own.
   *
   * @param rtpmap as above
   * @param parameters as above
   */
  public FormatOffer(String rtpmap, @Nullable String parameters) {
    this(-1, rtpmap, parameters);
  }

  /** {@return the clock rate in its rtpmap} */
  String clockRate() {
    return rtpmap.split("/")[1];
  }
}
