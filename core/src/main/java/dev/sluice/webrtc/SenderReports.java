package dev.sluice.webrtc;

import dev.sluice.fanout.TrackSender;
import dev.sluice.loop.Counter;
import dev.sluice.loop.EngineClock;
import dev.sluice.loop.PeerPath;
import dev.sluice.rtcp.Bye;
import dev.sluice.rtcp.CompoundWriter;
import dev.sluice.srtp.SrtcpSender;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes one viewer's RTCP: sender reports with its CNAME, and the goodbye. */
final class SenderReports {
  private static final int CAPACITY = 1_200;

  private final EngineClock clock;
  private final byte[] cname;
  private final Counter bytesSent = new Counter();

  SenderReports(EngineClock clock, String cname) {
    this.clock = clock;
    this.cname = cname.getBytes(StandardCharsets.UTF_8);
  }

  /** any thread */
  long bytesSent() {
    return bytesSent.get();
  }

  /** returns false when the keys are used up */
  boolean send(
      long nowNanos, List<TrackSender> senders, SrtcpSender rtcp, PeerPath remote, PeerLoop loop) {
    CompoundWriter writer = begin(nowNanos, senders, loop);
    return protect(writer, rtcp, remote, loop);
  }

  void sendGoodbye(List<TrackSender> senders, SrtcpSender rtcp, PeerPath remote, PeerLoop loop) {
    CompoundWriter writer = begin(clock.nanos(), senders, loop);
    int[] ssrcs = senders.stream().mapToInt(TrackSender::ssrc).toArray();
    int at = writer.claim(Bye.length(ssrcs.length, 0));
    if (at != CompoundWriter.FULL) {
      Bye.write(loop.outbound(), at, ssrcs);
    }
    protect(writer, rtcp, remote, loop);
  }

  private CompoundWriter begin(long nowNanos, List<TrackSender> senders, PeerLoop loop) {
    CompoundWriter writer = loop.compoundWriter();
    writer.wrap(loop.outbound(), 0, CAPACITY);
    long ntp = clock.ntp(nowNanos);
    for (TrackSender sender : senders) {
      if (sender.figures().packets() > 0) {
        writer.senderReport(
            sender.ssrc(),
            ntp,
            sender.timestampAt(nowNanos),
            sender.figures().packets(),
            sender.figures().octets());
      } else {
        writer.receiverReport(sender.ssrc());
      }
    }
    for (TrackSender sender : senders) {
      writer.cname(sender.ssrc(), cname);
    }
    return writer;
  }

  private boolean protect(CompoundWriter writer, SrtcpSender rtcp, PeerPath remote, PeerLoop loop) {
    int length = rtcp.protect(loop.outbound(), 0, writer.length());
    if (length < 0) {
      return false;
    }
    remote.send(loop.outbound(), 0, length);
    bytesSent.add(length);
    return true;
  }
}
