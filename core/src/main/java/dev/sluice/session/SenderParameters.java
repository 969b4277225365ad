package dev.sluice.session;

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
 */
public record SenderParameters(
    int payloadType, int ssrc, int rtxPayloadType, int rtxSsrc, int midExtension, String mid) {

  boolean hasRtx() {
    return rtxPayloadType >= 0;
  }
}
