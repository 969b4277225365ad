package dev.sluice.webrtc;

import dev.sluice.fanout.Egress;
import dev.sluice.fanout.FecSender;
import dev.sluice.fanout.TrackSender;
import dev.sluice.fanout.ViewerLink;
import dev.sluice.loop.Counter;
import dev.sluice.loop.EngineClock;
import dev.sluice.rtcp.CompoundReader;
import dev.sluice.rtcp.FeedbackHeader;
import dev.sluice.rtcp.FullIntraRequest;
import dev.sluice.rtcp.GenericNack;
import dev.sluice.rtcp.NtpTime;
import dev.sluice.rtcp.ReceiverEstimatedMaxBitrate;
import dev.sluice.rtcp.ReceiverReport;
import dev.sluice.rtcp.ReportBlock;
import dev.sluice.rtcp.RoundTripTime;
import dev.sluice.rtcp.SenderReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one viewer's RTCP: what it lost, what it asks for, how far away it is. */
final class ViewerFeedback {
  private final EngineClock clock;
  private final List<TrackSender> senders;
  private final ViewerLink link;
  private final Counter bytesReceived = new Counter();
  private final Counter malformed = new Counter();
  private final Counter nacks = new Counter();
  private final Counter plis = new Counter();
  private final Counter firs = new Counter();
  private volatile double fractionLost;
  private volatile int cumulativeLost;
  private volatile long jitterNanos = -1;
  private volatile long roundTripNanos = -1;

  ViewerFeedback(EngineClock clock, List<TrackSender> senders, ViewerLink link) {
    this.clock = clock;
    this.senders = senders;
    this.link = link;
  }

  /** {@return RTCP bytes received; any thread} */
  long bytesReceived() {
    return bytesReceived.get();
  }

  /** {@return authentic RTCP that could not be read; any thread} */
  long malformed() {
    return malformed.get();
  }

  /** {@return NACK messages; any thread} */
  long nacks() {
    return nacks.get();
  }

  /** {@return PLI messages; any thread} */
  long plis() {
    return plis.get();
  }

  /** {@return FIR messages; any thread} */
  long firs() {
    return firs.get();
  }

  /** {@return share of packets lost since the viewer's report before; any thread} */
  double fractionLost() {
    return fractionLost;
  }

  /** {@return packets the viewer lost in all, by its newest report on video; any thread} */
  int cumulativeLost() {
    return cumulativeLost;
  }

  /**
   * {@return interarrival jitter by the newest report in nanoseconds, -1 while unknown; any thread}
   */
  long jitterNanos() {
    return jitterNanos;
  }

  /** {@return round trip in nanoseconds, -1 while unknown; any thread} */
  long roundTripNanos() {
    return roundTripNanos;
  }

  void read(long nowNanos, byte[] packet, int length, SendingMedia media, PeerLoop loop) {
    bytesReceived.add(length);
    CompoundReader reader = loop.compoundReader();
    if (!reader.wrap(packet, 0, length)) {
      malformed.increment();
      return;
    }
    while (reader.next()) {
      readMessage(nowNanos, reader, media, loop);
    }
    loop.egress().endRun(media.remote());
  }

  private void readMessage(
      long nowNanos, CompoundReader reader, SendingMedia media, PeerLoop loop) {
    Egress egress = loop.egress();
    byte[] buffer = reader.buffer();
    int at = reader.offset();
    switch (reader.type()) {
      case RECEIVER_REPORT -> {
        for (int i = 0; i < ReceiverReport.blockCount(buffer, at); i++) {
          readBlock(nowNanos, buffer, ReceiverReport.blockOffset(at, i));
        }
      }
      case SENDER_REPORT -> {
        for (int i = 0; i < SenderReport.blockCount(buffer, at); i++) {
          readBlock(nowNanos, buffer, SenderReport.blockOffset(at, i));
        }
      }
      case GENERIC_NACK -> {
        nacks.increment();
        TrackSender sender = senderOf(FeedbackHeader.mediaSsrc(buffer, at));
        if (sender != null) {
          GenericNack.forEachLost(
              buffer,
              at,
              reader.length(),
              sequence -> sender.retransmitter().resend(sender, media, egress, sequence, nowNanos));
          if (sender.retransmitter().hasKept()) {
            loop.wakeLater(sender.track());
          }
        }
      }
      case TRANSPORT_FEEDBACK -> {
        if (!link.onTransportFeedback(nowNanos, buffer, at)) {
          malformed.increment();
        }
      }
      case RECEIVER_ESTIMATED_MAX_BITRATE ->
          link.onRemb(nowNanos, ReceiverEstimatedMaxBitrate.bitrate(buffer, at));
      case PICTURE_LOSS_INDICATION -> {
        plis.increment();
        requestKeyframe(nowNanos, FeedbackHeader.mediaSsrc(buffer, at));
      }
      case FULL_INTRA_REQUEST -> {
        firs.increment();
        for (int i = 0; i < FullIntraRequest.entryCount(reader.length()); i++) {
          requestKeyframe(nowNanos, FullIntraRequest.ssrc(buffer, at, i));
        }
      }
      default -> {}
    }
  }

  private void readBlock(long nowNanos, byte[] buffer, int block) {
    TrackSender sender = senderOf(ReportBlock.ssrc(buffer, block));
    if (sender == null) {
      return;
    }
    sender.acknowledged();
    long roundTrip =
        RoundTripTime.nanos(
            NtpTime.compact(clock.ntp(nowNanos)),
            ReportBlock.lastSr(buffer, block),
            ReportBlock.delaySinceLastSr(buffer, block));
    if (roundTrip != RoundTripTime.UNKNOWN) {
      roundTripNanos = roundTrip;
    }
    if (sender.track().isVideo() || senders.size() == 1) {
      int lost = ReportBlock.fractionLost(buffer, block);
      fractionLost = lost / 256.0;
      cumulativeLost = ReportBlock.cumulativeLost(buffer, block);
      long ticks = ReportBlock.jitter(buffer, block);
      jitterNanos = ticks * 1_000_000_000 / sender.track().clockRate();
      link.onReceiverReport(nowNanos, lost, roundTrip);
    }
    FecSender fec = sender.fec();
    if (fec != null) {
      int lost = ReportBlock.fractionLost(buffer, block);
      fec.onReport(nowNanos, lost, roundTripNanos);
    }
  }

  private void requestKeyframe(long nowNanos, int ssrc) {
    TrackSender sender = senderOf(ssrc);
    if (sender != null) {
      sender.track().requestKeyframe(nowNanos);
      sender.keyframeRequested(nowNanos);
    }
  }

  private @Nullable TrackSender senderOf(int ssrc) {
    for (int i = 0; i < senders.size(); i++) {
      if (senders.get(i).ssrc() == ssrc) {
        return senders.get(i);
      }
    }
    return null;
  }
}
