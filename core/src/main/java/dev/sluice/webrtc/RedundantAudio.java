package dev.sluice.webrtc;

import dev.sluice.receive.TrackReceiver;
import dev.sluice.rtp.RedPayload;
import dev.sluice.rtp.RtpHeader;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.SerialNumbers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Takes packets with redundant audio data (RFC 2198) apart: the packets that they bring along,
 * which are used where they are missing, and their own. The blocks of a packet are taken for those
 * of the packets right before it.
 */
final class RedundantAudio {
  private final int payloadType;
  private final RedPayload blocks = new RedPayload();
  private final byte[] packet = new byte[PeerLoop.MAX_DATAGRAM];
  private final ByteBuf buffer = Unpooled.wrappedBuffer(packet);

  /**
   * Makes one for a track.
   *
   * @param payloadType of its packets without redundancy
   */
  RedundantAudio(int payloadType) {
    this.payloadType = payloadType;
  }

  void receive(RtpPacket view, TrackReceiver receiver, long nowNanos) {
    ByteBuf payload = view.buffer();
    if (!blocks.wrap(payload, view.payloadOffset(), view.payloadLength())) {
      receiver.discard();
      return;
    }
    int primary = blocks.count() - 1;
    for (int i = 0; i < primary; i++) {
      if (blocks.payloadType(i) == payloadType && blocks.length(i) > 0) {
        receiver.onRepair(block(view, i, primary - i), nowNanos);
      }
    }
    if (blocks.payloadType(primary) == payloadType) {
      receiver.onRtp(block(view, primary, 0), nowNanos);
    } else {
      receiver.discard();
    }
  }

  /** the packet that a block had, if it was so many packets before */
  private ByteBuf block(RtpPacket view, int block, int before) {
    RtpHeader.write(
        packet,
        0,
        payloadType,
        before == 0 && view.marker(),
        SerialNumbers.addSequence(view.sequenceNumber(), -before),
        view.timestamp() - blocks.timestampOffset(block),
        view.ssrc());
    buffer.setIndex(0, RtpHeader.FIXED_LENGTH);
    return buffer.writeBytes(view.buffer(), blocks.offset(block), blocks.length(block));
  }
}
