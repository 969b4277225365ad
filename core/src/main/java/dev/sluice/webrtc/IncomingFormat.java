package dev.sluice.webrtc;

import dev.sluice.TrackDescription;
import dev.sluice.receive.TrackReceiver;
import dev.sluice.rtcp.ReceptionStatistics;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.RtxPacket;
import dev.sluice.sdp.NegotiatedTrack;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A format in which a peer sends a track.
 *
 * @param negotiated what was agreed on
 * @param description what the engine is told
 * @param receiver puts the packets in order
 * @param redundant takes redundant audio data apart, null where none was agreed on
 */
record IncomingFormat(
    NegotiatedTrack negotiated,
    TrackDescription description,
    TrackReceiver receiver,
    @Nullable RedundantAudio redundant) {

  /** whether packets of a payload type are of a format, or of its repetitions */
  static boolean has(NegotiatedTrack format, int payloadType) {
    return payloadType == format.payloadType()
        || payloadType == format.rtxPayloadType()
        || payloadType == format.redPayloadType();
  }

  /**
   * Takes a packet of this format.
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
}
