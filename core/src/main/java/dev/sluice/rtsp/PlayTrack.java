package dev.sluice.rtsp;

import dev.sluice.receive.RtcpOut;
import dev.sluice.rtcp.Bye;
import dev.sluice.rtcp.CompoundWriter;
import dev.sluice.rtp.RtpHeader;
import dev.sluice.spi.StreamReader;
import dev.sluice.spi.TrackReader;
import io.netty.buffer.ByteBuf;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A track on its way to the peer: an RTP source of its own (RFC 3550, section 5.1). */
final class PlayTrack {
  private static final int TYPICAL_PACKET = 1_500;
  private static final int RTCP_CAPACITY = 256;

  private final TrackReader reader;
  private final int payloadType;
  private final MediaOut out;
  private final RtcpOut rtcpOut;
  private final @Nullable UdpMedia udp;
  private final int rtpChannel;
  private final int rtcpChannel;
  private final RtspCounters counters;
  private final int ssrc;
  private final int timestampOffset;
  private final byte[] header = new byte[RtpHeader.FIXED_LENGTH];
  private final byte[] report = new byte[RTCP_CAPACITY];
  private final CompoundWriter writer = new CompoundWriter();
  private int sequenceNumber;
  private int packets;
  private int octets;

  PlayTrack(
      TrackReader reader,
      int payloadType,
      MediaOut out,
      RtcpOut rtcpOut,
      @Nullable UdpMedia udp,
      int rtpChannel,
      int rtcpChannel,
      RtspCounters counters,
      RandomGenerator random) {
    this.reader = reader;
    this.payloadType = payloadType;
    this.out = out;
    this.rtcpOut = rtcpOut;
    this.udp = udp;
    this.rtpChannel = rtpChannel;
    this.rtcpChannel = rtcpChannel;
    this.counters = counters;
    ssrc = random.nextInt();
    timestampOffset = random.nextInt();
    sequenceNumber = random.nextInt() & 0x7FFF;
  }

  boolean uses(int channel) {
    return channel == rtpChannel || channel == rtcpChannel;
  }

  boolean hasSent() {
    return packets > 0;
  }

  /** what the next packet's sequence number is at least */
  int sequenceNumber() {
    return sequenceNumber & 0xFFFF;
  }

  /**
   * Sends what there is, as far as the peer takes it.
   *
   * @return how many packets
   */
  int send(int most) {
    int sent = 0;
    while (sent < most && out.channel().isWritable() && sendNext()) {
      sent++;
    }
    if (sent > 0) {
      out.flush();
      counters.packetsPlayed.add(sent);
    }
    return sent;
  }

  private boolean sendNext() {
    int at = out.headroom();
    ByteBuf packet = out.channel().alloc().ioBuffer(at + TYPICAL_PACKET);
    packet.writeZero(at + RtpHeader.FIXED_LENGTH);
    if (!reader.next(packet)) {
      packet.release();
      return false;
    }
    if (reader.skipped()) {
      counters.playSkips.increment();
    }
    sequenceNumber += reader.lostBefore();
    RtpHeader.write(
        header,
        0,
        payloadType,
        reader.marker(),
        sequenceNumber++,
        reader.timestamp() + timestampOffset,
        ssrc);
    packet.setBytes(at, header);
    packets++;
    octets += packet.readableBytes() - at - RtpHeader.FIXED_LENGTH;
    out.write(packet);
    return true;
  }

  /** Relates the track's time stamps to the wall clock, so that lips are in step. */
  void report(StreamReader clock, byte[] cname, boolean bye) {
    long now = clock.nanos();
    writer.wrap(report, 0, report.length);
    int timestamp = reader.timestampAt(now) + timestampOffset;
    writer.senderReport(ssrc, clock.ntp(now), timestamp, packets, octets);
    writer.cname(ssrc, cname);
    if (bye) {
      Bye.write(report, writer.claim(Bye.length(1, 0)), ssrc);
    }
    rtcpOut.send(report, writer.length());
  }

  void close() {
    if (udp != null) {
      udp.close();
    }
  }
}
