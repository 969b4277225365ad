package dev.sluice.benchmarks.load.viewer;

import dev.sluice.benchmarks.load.media.FrameChecker;
import dev.sluice.benchmarks.load.media.SyntheticVideo;
import dev.sluice.rtcp.ReceptionStatistics;
import dev.sluice.rtcp.RtcpHeader;
import dev.sluice.rtp.BigEndian;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.SequenceExtender;
import dev.sluice.srtp.SrtpReceiver;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The media of one viewer, once it has keys: opens packets, puts them in order, checks them. */
final class MediaReceiver implements ReceiveWindow.Sink {
  private static final int ORIGINAL_SEQUENCE_LENGTH = 2;

  private final Answer answer;
  private final Tally tally;
  private final double loss;
  private final Random random;
  private final SrtpReceiver srtp;
  private final ReceiverReports reports;
  private final ReceptionStatistics statistics;
  private final RtpPacket view = new RtpPacket();
  private final SequenceExtender extender = new SequenceExtender();
  private final ReceiveWindow window = new ReceiveWindow(this);
  private final FrameChecker checker;
  private final long joinedAt;
  private final boolean timed;
  private boolean packetSeen;
  private boolean keyframeSeen;
  private final FreezeWatch freezes = new FreezeWatch();

  /**
   * Makes a receiver.
   *
   * @param stream number of the stream
   * @param answer of the relay
   * @param keys of both directions
   * @param tally counts
   * @param loss share of the relay's datagrams to throw away
   * @param seed of the losses
   * @param joinedAt when the offer was made
   * @param timed whether delays are recorded
   */
  MediaReceiver(
      int stream,
      Answer answer,
      Handshake.Keys keys,
      Tally tally,
      double loss,
      long seed,
      long joinedAt,
      boolean timed) {
    this.answer = answer;
    this.tally = tally;
    this.loss = loss;
    this.joinedAt = joinedAt;
    this.timed = timed;
    random = new Random(seed);
    srtp = new SrtpReceiver(keys.remote(), null);
    statistics = new ReceptionStatistics(answer.ssrc(), SyntheticVideo.CLOCK_RATE);
    reports = new ReceiverReports(keys, answer.ssrc(), (int) seed, statistics, tally, joinedAt);
    checker = new FrameChecker(stream);
  }

  /** Takes an SRTP or SRTCP datagram, which is decrypted in place. */
  void receive(byte[] datagram, int length, long now) {
    if (loss > 0 && random.nextDouble() < loss) {
      tally.simulatedLosses++;
    } else if (RtcpHeader.isRtcp(datagram[0], datagram[1])) {
      reports.receive(datagram, length, now);
    } else {
      receiveRtp(datagram, length, now);
    }
  }

  /**
   * Does what is due.
   *
   * @param scratch holds what is to be sent
   * @return bytes to send, 0 for none
   */
  int tick(long now, byte[] scratch) {
    if (!window.isComplete()) {
      window.expire(now);
    }
    return reports.write(now, scratch, window);
  }

  /** whether a packet has come */
  boolean hasBegun() {
    return packetSeen;
  }

  /** whether the relay was told of media that came */
  boolean hasReported() {
    return reports.hasReported();
  }

  @Override
  public void packet(
      byte[] packet, int offset, int length, boolean marker, long arrival, boolean recovered) {
    FrameChecker.Result result = checker.accept(packet, offset, length, marker);
    if (result == FrameChecker.Result.WRONG) {
      wrong(checker.error());
      return;
    }
    tally.packets++;
    if (result == FrameChecker.Result.SKIPPED) {
      return;
    }
    long delay = arrival - checker.sentAtNanos();
    if (recovered) {
      tally.recovered++;
      tally.record(tally.recoveryDelay, delay);
    } else if (timed && (result != FrameChecker.Result.PART || checker.isInFrame())) {
      tally.record(tally.delay, delay);
    }
    if (result != FrameChecker.Result.PART) {
      tally.frames++;
      tally.freezes += freezes.frame(arrival) ? 1 : 0;
    }
    if (result == FrameChecker.Result.KEYFRAME && !keyframeSeen) {
      keyframeSeen = true;
      tally.record(tally.joinToKeyframe, arrival - joinedAt);
    }
  }

  @Override
  public void gap(int count) {
    tally.lost += count;
    checker.gap();
  }

  private void receiveRtp(byte[] packet, int length, long now) {
    int size = srtp.unprotect(packet, 0, length);
    if (size < 0) {
      tally.notAuthentic++;
      return;
    }
    if (!packetSeen) {
      packetSeen = true;
      tally.record(tally.joinToPacket, now - joinedAt);
    }
    tally.bytes += length;
    if (!view.wrap(Unpooled.wrappedBuffer(packet, 0, size))) {
      wrong("a malformed packet");
      return;
    }
    if (answer.transportExtension() != 0 && view.extensions().find(answer.transportExtension())) {
      reports.numbered(view.buffer().getUnsignedShort(view.extensions().offset()), now);
    }
    int sequence = view.sequenceNumber();
    int payload = view.payloadOffset();
    if (view.ssrc() == answer.ssrc()) {
      statistics.onPacket(sequence, view.timestamp(), now);
    } else if (view.ssrc() != answer.rtxSsrc()) {
      wrong("a packet of an SSRC that was not announced");
      return;
    } else if (view.payloadLength() < ORIGINAL_SEQUENCE_LENGTH) {
      return; // padding, which probes the link
    } else {
      sequence = BigEndian.getUnsignedShort(packet, payload);
      payload += ORIGINAL_SEQUENCE_LENGTH;
    }
    int end = view.payloadOffset() + view.payloadLength();
    long position = extender.extend(sequence);
    if (!window.accept(position, packet, payload, end - payload, view.marker(), now)) {
      tally.late++;
    }
  }

  private void wrong(@Nullable String what) {
    tally.wrong++;
    tally.error(what);
  }
}
