package dev.sluice.rtp;

import io.netty.buffer.ByteBuf;

/**
 * A retransmission in a stream of its own (RFC 4588, section 4). It has the header of the packet
 * that it repeats but for payload type, SSRC and sequence number; the number that the packet had is
 * put before its payload:
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                         RTP Header                            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |            OSN                |                               |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+                               |
 * |                  Original RTP Packet Payload                  |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class RtxPacket {
  private static final int OSN_LENGTH = 2;

  private RtxPacket() {}

  /**
   * Makes the packet that a retransmission repeats, in the same buffer.
   *
   * @param packet holds the retransmission, and afterwards the packet: its header is moved and its
   *     reader index with it
   * @param view of the retransmission; afterwards of no use until it is wrapped anew
   * @param payloadType of the packet
   * @param ssrc of the packet
   * @return false, with nothing changed, if it repeats none: it pads or probes
   */
  public static boolean restore(ByteBuf packet, RtpPacket view, int payloadType, int ssrc) {
    if (view.payloadLength() < OSN_LENGTH) {
      return false;
    }
    int start = packet.readerIndex();
    int sequenceNumber = packet.getUnsignedShort(view.payloadOffset());
    for (int i = view.payloadOffset() - 1; i >= start; i--) {
      packet.setByte(i + OSN_LENGTH, packet.getByte(i));
    }
    packet.skipBytes(OSN_LENGTH);
    int header = packet.readerIndex();
    int marker = packet.getByte(header + RtpHeader.PAYLOAD_TYPE_OFFSET) & RtpHeader.MARKER_BIT;
    packet.setByte(header + RtpHeader.PAYLOAD_TYPE_OFFSET, marker | payloadType);
    packet.setShort(header + RtpHeader.SEQUENCE_NUMBER_OFFSET, sequenceNumber);
    packet.setInt(header + RtpHeader.SSRC_OFFSET, ssrc);
    return true;
  }
}
