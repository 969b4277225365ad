package dev.sluice;

import dev.sluice.rtp.RtpPacket;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/** Where a publisher writes a track that comes as RTP packets, whatever its codec. */
public interface RtpInput extends TrackInput {

  /**
   * Writes an RTP packet. Packets come in sequence order: missing numbers count as lost, and what
   * comes up to 100 places late is dropped. A number farther back, or 3,000 ahead, begins another
   * sequence. Where the source changes or its timestamps jump, viewers' time goes on.
   *
   * @param packet header and payload from reader to writer index, without SRTP; borrowed until the
   *     call returns
   */
  void writeRtp(ByteBuf packet);

  /**
   * Writes an RTP packet.
   *
   * @param packet as for {@link #writeRtp(ByteBuf)}, from position to limit, both left as they are
   */
  void writeRtp(ByteBuffer packet);

  /**
   * Writes an RTP packet that was parsed already.
   *
   * @param packet as for {@link #writeRtp(ByteBuf)}
   */
  void writeRtp(RtpPacket packet);

  /**
   * Writes an RTP packet that was put in order already, whatever its sequence number.
   *
   * @param packet as for {@link #writeRtp(ByteBuf)}
   * @param lostBefore packets that are missing between this one and the one before, at least 0
   * @throws IllegalArgumentException if {@code lostBefore} is negative
   */
  void writeRtp(RtpPacket packet, int lostBefore);
}
