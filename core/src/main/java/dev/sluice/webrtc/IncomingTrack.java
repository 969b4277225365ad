package dev.sluice.webrtc;

import dev.sluice.TrackDescription;
import dev.sluice.receive.TrackReceiver;
import dev.sluice.rtcp.ReceptionStatistics;
import dev.sluice.rtp.HeaderExtensionReader;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.RtxPacket;
import dev.sluice.sdp.HeaderExtension;
import dev.sluice.sdp.NegotiatedTrack;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A track that a peer sends: which packets are its own, and the way to its receiver.
 *
 * @param negotiated what was agreed on
 * @param rid which of the encodings that were agreed on it is; null where there are none
 * @param description what the engine is told
 * @param receiver puts its packets in order
 * @param redundant takes redundant audio data apart, null where none was agreed on
 */
record IncomingTrack(
    NegotiatedTrack negotiated,
    @Nullable String rid,
    TrackDescription description,
    TrackReceiver receiver,
    @Nullable RedundantAudio redundant) {

  /** whether a packet says which media description or which encoding it belongs to */
  boolean isNamed(RtpPacket packet) {
    return mid(packet) != null || rid(packet) != null;
  }

  /** whether a packet belongs here, by all that it says of itself (RFC 9143, section 9.2) */
  boolean claims(RtpPacket packet) {
    String mid = mid(packet);
    return (mid == null || mid.equals(negotiated.mid()))
        && isEncoding(rid(packet))
        && takes(packet.payloadType());
  }

  private boolean isEncoding(@Nullable String named) {
    return rid == null || (named == null ? negotiated.rids().size() == 1 : rid.equals(named));
  }

  boolean takes(int payloadType) {
    return payloadType == negotiated.payloadType()
        || payloadType == negotiated.rtxPayloadType()
        || payloadType == negotiated.redPayloadType();
  }

  /**
   * Takes a packet.
   *
   * @param packet borrowed; changed where it holds another one
   * @param view of it
   */
  void receive(ByteBuf packet, RtpPacket view, long nowNanos) {
    if (view.payloadType() == negotiated.payloadType()) {
      receiver.onRtp(packet, nowNanos);
    } else if (redundant != null && view.payloadType() == negotiated.redPayloadType()) {
      redundant.receive(view, receiver, nowNanos);
    } else {
      receiveAgain(packet, view, nowNanos);
    }
  }

  private void receiveAgain(ByteBuf packet, RtpPacket view, long nowNanos) {
    ReceptionStatistics source = receiver.statistics();
    if (source != null
        && RtxPacket.restore(packet, view, negotiated.payloadType(), source.ssrc())) {
      receiver.onRepair(packet, nowNanos);
    }
  }

  private @Nullable String mid(RtpPacket packet) {
    return value(packet, HeaderExtension.MID);
  }

  private @Nullable String rid(RtpPacket packet) {
    String rid = value(packet, HeaderExtension.RID);
    return rid == null ? value(packet, HeaderExtension.REPAIRED_RID) : rid;
  }

  private @Nullable String value(RtpPacket packet, String uri) {
    int id = negotiated.extensionId(uri);
    HeaderExtensionReader extensions = packet.extensions();
    return id >= 0 && extensions.find(id)
        ? packet
            .buffer()
            .toString(extensions.offset(), extensions.length(), StandardCharsets.US_ASCII)
        : null;
  }
}
