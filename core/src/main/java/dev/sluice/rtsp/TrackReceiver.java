package dev.sluice.rtsp;

import dev.sluice.rtcp.ReceptionStatistics;
import dev.sluice.rtp.ReorderBuffer;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.SerialNumbers;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of one track: checks that an RTP packet belongs to it, keeps the statistics
 * that are reported to the peer and passes packets on in order. On the session's event loop only.
 *
 * <p>While the {@link ReorderBuffer} waits for a gap to close, the peer is asked for what is
 * missing, if it said that it sends packets again.
 */
final class TrackReceiver implements ReorderBuffer.Sink {

  /** what {@link #nextTimeout()} returns when nothing waits */
  static final long NO_TIMEOUT = ReorderBuffer.NO_TIMEOUT;

  private final AnnouncedTrack track;
  private final boolean mayReorder;
  private final RtspOptions options;
  private final RtspCounters counters;
  private final LossListener losses;
  private final SourceLock source = new SourceLock();
  private final RtpPacket view = new RtpPacket();
  private @Nullable MediaSink sink;
  private int sinkIndex;
  private @Nullable ReceptionStatistics statistics;
  private @Nullable ReorderBuffer reorder;
  private @Nullable GapFinder gaps;
  private @Nullable ClockReading early;
  private int next;

  /**
   * Makes a receiver.
   *
   * @param mayReorder whether the transport may change the order of packets, or lose them
   * @param losses hears what is missing, where the peer can be asked for it
   */
  TrackReceiver(
      AnnouncedTrack track, boolean mayReorder, ServerContext server, LossListener losses) {
    this.track = track;
    this.mayReorder = mayReorder;
    this.losses = losses;
    options = server.options();
    counters = server.counters();
  }

  AnnouncedTrack track() {
    return track;
  }

  /** Passes packets on from now on. */
  void start(MediaSink newSink, int index) {
    sink = newSink;
    sinkIndex = index;
  }

  /** Drops packets from now on. */
  void stop() {
    sink = null;
  }

  /** Takes an RTP packet, borrowed. */
  void onRtp(ByteBuf packet, long nowNanos) {
    if (sink == null || !view.wrap(packet) || view.payloadType() != track.payloadType()) {
      counters.discarded.increment();
      return;
    }
    switch (source.judge(view.ssrc(), view.sequenceNumber())) {
      case FOREIGN -> counters.discarded.increment();
      case NEW -> {
        startSource();
        accept(packet, nowNanos);
      }
      case CURRENT -> accept(packet, nowNanos);
    }
  }

  private void startSource() {
    statistics = new ReceptionStatistics(view.ssrc(), track.clockRate());
    if (mayReorder) {
      close();
      reorder = new ReorderBuffer(options.reorderPackets(), options.reorderDelayNanos(), this);
      next = view.sequenceNumber();
      gaps = track.resends() ? new GapFinder(next) : null;
    }
    if (early != null && early.ssrc() == view.ssrc()) {
      pass(early);
    }
    early = null;
  }

  private void accept(ByteBuf packet, long nowNanos) {
    counters.rtpPackets.increment();
    if (statistics != null) {
      statistics.onPacket(view.sequenceNumber(), view.timestamp(), nowNanos);
    }
    if (gaps != null) {
      int missing = gaps.find(view.sequenceNumber());
      if (missing > 0) {
        losses.missing(this, gaps.missing(), missing);
      }
    }
    if (reorder == null) {
      pass();
    } else if (view.sequenceNumber() == next) {
      reorder.offer(next, packet.retain(), nowNanos);
    } else {
      // It may have to wait, which must not hold the whole receive buffer back.
      reorder.offer(view.sequenceNumber(), packet.copy(), nowNanos);
    }
  }

  @Override
  public void onPacket(ByteBuf packet, int missing) {
    view.wrap(packet);
    next = SerialNumbers.addSequence(view.sequenceNumber(), 1);
    pass();
  }

  @Override
  public void onRestart() {}

  private void pass() {
    if (sink != null) {
      sink.writeRtp(sinkIndex, view);
    }
  }

  /** Takes what a sender report of the peer says. It may come before the source's first packet. */
  void onSenderReport(ClockReading reading) {
    if (source.isCurrent(reading.ssrc())) {
      pass(reading);
    } else {
      early = reading;
    }
  }

  private void pass(ClockReading reading) {
    if (sink != null && statistics != null) {
      statistics.onSenderReport(reading.ntpTimestamp(), reading.arrivalNanos());
      sink.senderReport(sinkIndex, reading.ntpTimestamp(), reading.rtpTimestamp());
    }
  }

  /** A source of the peer says that it leaves: any other may take its place. */
  void onBye(int ssrc) {
    if (source.isCurrent(ssrc)) {
      source.release();
    }
  }

  /** what to report to the peer, or null before the first packet */
  @Nullable ReceptionStatistics statistics() {
    return statistics;
  }

  /** Passes on what has waited long enough. */
  void handleTimeout(long nowNanos) {
    if (reorder != null) {
      reorder.handleTimeout(nowNanos);
    }
  }

  /** when to call {@link #handleTimeout}, or {@link #NO_TIMEOUT} */
  long nextTimeout() {
    return reorder == null ? NO_TIMEOUT : reorder.nextTimeout();
  }

  /** Drops what waits. */
  void close() {
    if (reorder != null) {
      reorder.close();
    }
  }
}
