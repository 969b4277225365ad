package dev.sluice.fanout;

import dev.sluice.rtp.HeaderExtensionForm;
import java.nio.charset.StandardCharsets;

/**
 * What was negotiated for one track of one viewer.
 *
 * @param payloadType the viewer's RTP payload type
 * @param ssrc ours for the track
 * @param rtxPayloadType for retransmissions in a stream of their own (RFC 4588), or -1: then they
 *     go out again on {@code ssrc}
 * @param rtxSsrc ours for retransmissions
 * @param midExtension id of the MID header extension (RFC 9143), or -1
 * @param mid the m-line's identification tag
 * @param transportExtension id of the header extension for transport-wide sequence numbers, or -1.
 *     Only where a packet is repeated on {@code rtxSsrc} or not at all: on {@code ssrc} the same
 *     packet would have another number
 */
public record SenderParameters(
    int payloadType,
    int ssrc,
    int rtxPayloadType,
    int rtxSsrc,
    int midExtension,
    String mid,
    int transportExtension) {

  /** whether the m-line can be named in a one-byte header extension (RFC 8285, section 4.2) */
  boolean namesMid() {
    return midExtension > 0 && HeaderExtensionForm.ONE_BYTE.allows(midExtension, midLength());
  }

  private int midLength() {
    return mid.getBytes(StandardCharsets.UTF_8).length;
  }

  boolean hasTransportSequence() {
    return transportExtension > 0;
  }

  boolean hasRtx() {
    return rtxPayloadType >= 0;
  }
}
