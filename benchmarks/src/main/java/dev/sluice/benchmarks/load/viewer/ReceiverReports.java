package dev.sluice.benchmarks.load.viewer;

import dev.sluice.receive.TransportArrivals;
import dev.sluice.rtcp.CompoundReader;
import dev.sluice.rtcp.CompoundWriter;
import dev.sluice.rtcp.GenericNack;
import dev.sluice.rtcp.MessageType;
import dev.sluice.rtcp.ReceptionStatistics;
import dev.sluice.rtcp.SenderReport;
import dev.sluice.srtp.SrtcpReceiver;
import dev.sluice.srtp.SrtcpSender;
import java.nio.charset.StandardCharsets;

/**
 * One viewer's RTCP: a receiver report each second, NACKs for what is missing, and transport-wide
 * feedback as often as browsers send it at a megabit per second and more.
 */
final class ReceiverReports {
  private static final long INTERVAL_NANOS = 1_000_000_000;
  private static final long FEEDBACK_NANOS = 50_000_000;
  private static final int CAPACITY = 1_200;
  private static final int MOST_NACKS = 200;
  private static final byte[] CNAME = "viewer".getBytes(StandardCharsets.US_ASCII);

  private final int mediaSsrc;
  private final int ssrc;
  private final ReceptionStatistics statistics;
  private final Tally tally;
  private final SrtcpReceiver opener;
  private final SrtcpSender sealer;
  private final TransportArrivals arrivals = new TransportArrivals();
  private final CompoundReader reader = new CompoundReader();
  private final CompoundWriter writer = new CompoundWriter();
  private final int[] missing = new int[MOST_NACKS];
  private long nextReport;
  private long nextFeedback;
  private boolean reported;

  ReceiverReports(
      Handshake.Keys keys,
      int mediaSsrc,
      int ssrc,
      ReceptionStatistics statistics,
      Tally tally,
      long now) {
    this.mediaSsrc = mediaSsrc;
    this.ssrc = ssrc;
    this.statistics = statistics;
    this.tally = tally;
    nextReport = now;
    nextFeedback = now;
    opener = new SrtcpReceiver(keys.remote(), null);
    sealer = new SrtcpSender(keys.local(), null);
  }

  /** whether a report said something of the media */
  boolean hasReported() {
    return reported;
  }

  /** A packet with a transport-wide number came. */
  void numbered(int number, long now) {
    arrivals.onPacket(number, now);
  }

  void receive(byte[] packet, int length, long now) {
    int size = opener.unprotect(packet, 0, length);
    if (size < 0 || !reader.wrap(packet, 0, size)) {
      tally.notAuthentic++;
      return;
    }
    tally.rtcpBytesReceived += length;
    while (reader.next()) {
      if (reader.type() == MessageType.SENDER_REPORT
          && SenderReport.ssrc(packet, reader.offset()) == mediaSsrc) {
        statistics.onSenderReport(SenderReport.ntpTimestamp(packet, reader.offset()), now);
      }
    }
  }

  /** returns the length of the datagram that is to be sent, 0 for none */
  int write(long now, byte[] scratch, ReceiveWindow window) {
    boolean reportDue = now - nextReport >= 0;
    boolean feedbackDue = arrivals.hasNews() && now - nextFeedback >= 0;
    int lost = window.isComplete() ? 0 : window.missing(now, missing);
    if (!reportDue && !feedbackDue && lost == 0) {
      return 0;
    }
    if (reportDue) {
      report(now, scratch);
    } else {
      writer.wrapReducedSize(scratch, 0, CAPACITY);
    }
    if (lost > 0) {
      int at = writer.claim(GenericNack.length(missing, 0, lost));
      GenericNack.write(scratch, at, ssrc, mediaSsrc, missing, 0, lost);
      tally.nacks += lost;
    }
    if (feedbackDue) {
      feedback(now, scratch);
    }
    int size = sealer.protect(scratch, 0, writer.length());
    tally.rtcpBytesSent += size;
    return size;
  }

  private void report(long now, byte[] scratch) {
    nextReport = now + INTERVAL_NANOS;
    writer.wrap(scratch, 0, CAPACITY);
    writer.receiverReport(ssrc);
    if (statistics.isReportable()) {
      statistics.writeReportBlock(scratch, writer.claimReportBlock(), now);
      reported = true;
    }
    writer.cname(ssrc, CNAME);
  }

  private void feedback(long now, byte[] scratch) {
    writer.claim(arrivals.write(scratch, writer.length(), writer.remaining(), ssrc, mediaSsrc));
    if (!arrivals.hasNews()) { // else there is more than one message of it
      nextFeedback = now + FEEDBACK_NANOS;
    }
  }
}
