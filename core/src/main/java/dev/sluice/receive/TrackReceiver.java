package dev.sluice.receive;

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
 * <p>Packets of another payload type that share the source's sequence numbers, such as telephone
 * events (RFC 4733), are left out without being taken for lost.
 *
 * <p>While the {@link ReorderBuffer} waits for a gap to close, the peer is asked for what is
 * missing, if it said that it sends packets again.
 */
public final class TrackReceiver implements ReorderBuffer.Sink {

  /** what {@link #nextTimeout()} returns when nothing waits */
  public static final long NO_TIMEOUT = ReorderBuffer.NO_TIMEOUT;

  private static final int MAX_LOST = 0xFFFF;

  private final ReceiverParameters parameters;
  private final ReceiveCounters counters;
  private final LossListener losses;
  private final SourceLock source = new SourceLock();
  private final RtpPacket view = new RtpPacket();
  private @Nullable MediaSink sink;
  private int sinkIndex;
  private @Nullable ReceptionStatistics statistics;
  private @Nullable ReorderBuffer reorder;
  private @Nullable GapFinder gaps;
  private final OpenRequests requests = new OpenRequests();
  private @Nullable ClockReading early;
  private @Nullable ByteBuf foreign;
  private boolean lossPossible;
  private int lostBefore;
  private int next;

  /**
   * Makes a receiver.
   *
   * @param parameters of the track
   * @param counters what is counted
   * @param losses hears what is missing, where the peer can be asked for it
   */
  public TrackReceiver(
      ReceiverParameters parameters, ReceiveCounters counters, LossListener losses) {
    this.parameters = parameters;
    this.counters = counters;
    this.losses = losses;
  }

  /**
   * Passes packets on from now on.
   *
   * @param newSink where to
   * @param index of the track there
   */
  public void start(MediaSink newSink, int index) {
    sink = newSink;
    sinkIndex = index;
  }

  /** Drops packets from now on. */
  public void stop() {
    sink = null;
  }

  /**
   * Takes an RTP packet.
   *
   * @param packet borrowed
   * @param nowNanos when it came
   * @return whether it is media of the track's source
   */
  public boolean onRtp(ByteBuf packet, long nowNanos) {
    if (sink == null || !view.wrap(packet) || !isOfTrack()) {
      counters.discard();
      return false;
    }
    boolean media = isMedia();
    switch (source.judge(view.ssrc(), view.sequenceNumber())) {
      case FOREIGN -> {
        dropForeign();
        foreign = packet.copy();
        return false;
      }
      case CONFIRMED -> {
        startWithForeign(nowNanos);
        view.wrap(packet);
        accept(packet, nowNanos);
      }
      case NEW -> {
        dropForeign();
        startSource();
        accept(packet, nowNanos);
      }
      case CURRENT -> {
        dropForeign();
        accept(packet, nowNanos);
      }
    }
    return media;
  }

  private boolean isOfTrack() {
    return isMedia() || source.isCurrent(view.ssrc());
  }

  private boolean isMedia() {
    return view.payloadType() == parameters.payloadType();
  }

  /** Counts a packet of the track that is malformed. */
  public void discard() {
    counters.discard();
  }

  /** the packet that another source began with is not lost: often it begins a keyframe */
  private void startWithForeign(long nowNanos) {
    ByteBuf first = foreign;
    foreign = null;
    if (first != null) {
      view.wrap(first);
      startSource();
      accept(first, nowNanos);
      first.release();
    }
  }

  private void dropForeign() {
    if (foreign != null) {
      foreign.release();
      foreign = null;
      counters.discard();
    }
  }

  private void startSource() {
    lossPossible = statistics != null && parameters.mayReorder();
    next = view.sequenceNumber();
    statistics = new ReceptionStatistics(view.ssrc(), parameters.clockRate());
    if (parameters.mayReorder()) {
      closeReorder();
      requests.clear();
      reorder =
          new ReorderBuffer(parameters.reorderPackets(), parameters.reorderDelayNanos(), this);
      gaps = parameters.resends() ? new GapFinder(next) : null;
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
        requests.add(gaps.missing(), missing, nowNanos);
        losses.missing(this, gaps.missing(), missing);
      }
    }
    if (reorder == null) {
      passInOrder();
    } else {
      offer(reorder, packet, nowNanos);
    }
  }

  private void offer(ReorderBuffer buffer, ByteBuf packet, long nowNanos) {
    int sequenceNumber = view.sequenceNumber();
    // What has to wait must not hold the whole receive buffer back.
    ByteBuf own = buffer.expects(sequenceNumber) ? packet.retain() : packet.copy();
    buffer.offer(sequenceNumber, own, nowNanos);
  }

  /**
   * Takes a packet of the present source that came in another stream: sent again on request (RFC
   * 4588), or with another packet. It is used if it is missing, and counts in no report.
   *
   * @param packet the packet as it was, borrowed
   * @param nowNanos when it came
   */
  public void onRepair(ByteBuf packet, long nowNanos) {
    ReorderBuffer buffer = reorder;
    if (sink != null
        && buffer != null
        && view.wrap(packet)
        && source.isCurrent(view.ssrc())
        && buffer.lacks(view.sequenceNumber())) {
      counters.repaired.increment();
      offer(buffer, packet, nowNanos);
    }
  }

  /** Where nothing is ever late or reordered, a number that steps back has been counted anew. */
  private void passInOrder() {
    int missing = SerialNumbers.sequenceDistance(next, view.sequenceNumber());
    pass(missing < 0 || SerialNumbers.isJump(missing) ? 0 : missing);
  }

  @Override
  public void onPacket(ByteBuf packet, int missing) {
    view.wrap(packet);
    pass(lossPossible ? Math.max(1, missing) : missing);
    lossPossible = false;
  }

  @Override
  public void onRestart() {
    lossPossible = true;
  }

  private void pass(int missing) {
    next = SerialNumbers.addSequence(view.sequenceNumber(), 1);
    lostBefore = Math.min(lostBefore + missing, MAX_LOST);
    if (!isMedia()) {
      counters.discard();
    } else if (sink != null) {
      sink.writeRtp(sinkIndex, view, lostBefore);
      lostBefore = 0;
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

  /** {@return what to report to the peer, or null before the first packet} */
  public @Nullable ReceptionStatistics statistics() {
    return statistics;
  }

  /**
   * Passes on what has waited long enough, and asks again for what it waits for.
   *
   * @param nowNanos the time
   */
  public void handleTimeout(long nowNanos) {
    ReorderBuffer buffer = reorder;
    if (buffer == null) {
      return;
    }
    buffer.handleTimeout(nowNanos);
    int missing = requests.due(nowNanos, buffer::lacks);
    if (missing > 0) {
      losses.missing(this, requests.numbers(), missing);
    }
  }

  /** {@return when to call {@link #handleTimeout}, or {@link #NO_TIMEOUT}} */
  public long nextTimeout() {
    return reorder == null ? NO_TIMEOUT : reorder.nextTimeout();
  }

  /** Drops what waits. */
  public void close() {
    stop();
    dropForeign();
    closeReorder();
  }

  private void closeReorder() {
    if (reorder != null) {
      reorder.close();
    }
  }
}
