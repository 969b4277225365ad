package dev.sluice.receive;

import dev.sluice.rtcp.Bye;
import dev.sluice.rtcp.CompoundReader;
import dev.sluice.rtcp.CompoundWriter;
import dev.sluice.rtcp.GenericNack;
import dev.sluice.rtcp.PictureLossIndication;
import dev.sluice.rtcp.ReceiverEstimatedMaxBitrate;
import dev.sluice.rtcp.ReceptionStatistics;
import dev.sluice.rtcp.SenderReport;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/** A session's own end of RTCP: reads the peer's packets and writes reports to it. */
public final class RtcpEndpoint {
  /** the longest compound packet that is read, in bytes */
  public static final int MAX_RECEIVED = 2_048;

  private static final int MAX_SENT = 1_200;
  private static final int CNAME_BYTES = 12;

  private final ReceiveCounters counters;
  private final int ssrc;
  private final byte[] cname;
  private final CompoundReader reader = new CompoundReader();
  private final CompoundWriter writer = new CompoundWriter();
  private final byte[] received = new byte[MAX_RECEIVED];
  private final byte[] sent = new byte[MAX_SENT];

  /**
   * Makes an endpoint with an SSRC and a CNAME of its own (RFC 7022, section 4.2).
   *
   * @param random gives both
   * @param counters what is counted
   */
  public RtcpEndpoint(SecureRandom random, ReceiveCounters counters) {
    this.counters = counters;
    ssrc = random.nextInt();
    byte[] name = new byte[CNAME_BYTES];
    random.nextBytes(name);
    cname = HexFormat.of().formatHex(name).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads a compound packet.
   *
   * @param receivers of the tracks it may be about
   * @param packet borrowed
   * @param nowNanos when it came
   */
  public void receive(List<TrackReceiver> receivers, ByteBuf packet, long nowNanos) {
    if (read(receivers, packet, nowNanos)) {
      counters.rtcpPackets.increment();
    } else {
      counters.discard();
    }
  }

  private boolean read(List<TrackReceiver> receivers, ByteBuf packet, long nowNanos) {
    int length = packet.readableBytes();
    if (length > MAX_RECEIVED) {
      return false;
    }
    packet.getBytes(packet.readerIndex(), received, 0, length);
    if (!reader.wrap(received, 0, length)) {
      return false;
    }
    while (reader.next()) {
      switch (reader.type()) {
        case SENDER_REPORT -> readSenderReport(receivers, nowNanos);
        case BYE -> readBye(receivers);
        default -> {}
      }
    }
    return true;
  }

  private void readSenderReport(List<TrackReceiver> receivers, long nowNanos) {
    int at = reader.offset();
    ClockReading reading =
        new ClockReading(
            SenderReport.ssrc(received, at),
            SenderReport.ntpTimestamp(received, at),
            SenderReport.rtpTimestamp(received, at),
            nowNanos);
    receivers.forEach(receiver -> receiver.onSenderReport(reading));
  }

  private void readBye(List<TrackReceiver> receivers) {
    for (int i = 0; i < Bye.ssrcCount(received, reader.offset()); i++) {
      int leaving = Bye.ssrc(received, reader.offset(), i);
      receivers.forEach(receiver -> receiver.onBye(leaving));
    }
  }

  /**
   * Sends a receiver report.
   *
   * @param receiver of the track it is about
   * @param out the way to the peer
   * @param keyframe whether to ask for a keyframe with it
   * @param nowNanos the time
   */
  public void report(TrackReceiver receiver, RtcpOut out, boolean keyframe, long nowNanos) {
    ReceptionStatistics statistics = receiver.statistics();
    writer.wrap(sent, 0, sent.length);
    writer.receiverReport(ssrc);
    if (statistics != null && statistics.isReportable()) {
      statistics.writeReportBlock(sent, writer.claimReportBlock(), nowNanos);
    }
    writer.cname(ssrc, cname);
    if (statistics != null && keyframe) {
      int at = writer.claim(PictureLossIndication.LENGTH);
      PictureLossIndication.write(sent, at, ssrc, statistics.ssrc());
    }
    out.send(sent, writer.length());
  }

  /**
   * Sends a generic NACK (RFC 4585, section 6.2.1).
   *
   * @param receiver of the track it is about
   * @param out the way to the peer
   * @param sequenceNumbers what is missing, in ascending order, which may wrap
   * @param count how many of them, at most {@link OpenRequests#MOST}
   */
  public void requestAgain(TrackReceiver receiver, RtcpOut out, int[] sequenceNumbers, int count) {
    ReceptionStatistics statistics = receiver.statistics();
    if (statistics == null) {
      return;
    }
    writer.wrap(sent, 0, sent.length);
    writer.receiverReport(ssrc);
    writer.cname(ssrc, cname);
    int at = writer.claim(GenericNack.length(sequenceNumbers, 0, count));
    counters.requestedAgain.add(count);
    GenericNack.write(sent, at, ssrc, statistics.ssrc(), sequenceNumbers, 0, count);
    out.send(sent, writer.length());
  }

  /**
   * Asks the peer to send no more than a bit rate (draft-alvestrand-rmcat-remb-03).
   *
   * @param bitrate bits per second
   * @param ssrcs its sources
   * @param out the way to the peer
   */
  public void limit(long bitrate, int[] ssrcs, RtcpOut out) {
    writer.wrap(sent, 0, sent.length);
    writer.receiverReport(ssrc);
    writer.cname(ssrc, cname);
    int at = writer.claim(ReceiverEstimatedMaxBitrate.length(ssrcs.length));
    ReceiverEstimatedMaxBitrate.write(sent, at, ssrc, bitrate, ssrcs);
    out.send(sent, writer.length());
  }

  /**
   * Sends transport-wide feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01, section
   * 3.1), if there is any.
   *
   * @param arrivals what is to be told
   * @param mediaSsrc one of the sources that it is about
   * @param out the way to the peer
   */
  public void feedback(TransportArrivals arrivals, int mediaSsrc, RtcpOut out) {
    while (arrivals.hasNews()) {
      writer.wrap(sent, 0, sent.length);
      writer.receiverReport(ssrc);
      writer.cname(ssrc, cname);
      int length = arrivals.write(sent, writer.length(), writer.remaining(), ssrc, mediaSsrc);
      writer.claim(length);
      out.send(sent, writer.length());
    }
  }
}
