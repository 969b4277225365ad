package dev.sluice.fanout;

import static dev.sluice.fanout.TrackSenderSetup.MILLISECOND;

import dev.sluice.rate.SimulatedLink;
import dev.sluice.rtp.SerialNumbers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A viewer of {@link LinkedWorld}: its cursor, its link there and its way back. */
final class LinkedViewer {
  private static final long FEEDBACK_NANOS = 100 * MILLISECOND;
  private static final long REPORT_NANOS = 1_000 * MILLISECOND;
  private static final long NACK_NANOS = 20 * MILLISECOND;

  /** A move to another rendition. */
  record Move(long atNanos, String rendition) {}

  private record Back(long due, Runnable task) {}

  final ClearTransport transport;
  final TrackSender sender;
  final RenditionSwitch renditions;
  final BitrateReports reports;
  final List<Move> moves = new ArrayList<>();
  final LinkedReceiver receiver;
  final SimulatedLink<TrackSenderSetup.Sent> link;

  /** another track of the same viewer's; its figures are here, all else is the first one's */
  @Nullable LinkedViewer beside;

  private final Egress egress;
  private final ArrayDeque<Back> back = new ArrayDeque<>();
  private final byte[] feedback = new byte[1_200];
  private boolean down;
  private int keyframesTaken;
  private long sentBytes;
  private TrackSenderSetup.@Nullable Sent last;
  private long now;

  LinkedViewer(ClearTransport transport, TrackSender sender, Egress egress, long rate, long seed) {
    this.transport = transport;
    this.sender = sender;
    this.egress = egress;
    receiver = new LinkedReceiver(sender.parameters());
    renditions = new RenditionSwitch(sender, transport.link);
    reports = new BitrateReports(List.of(sender), transport.link);
    link = new SimulatedLink<>(seed, rate, this::receive);
  }

  private void receive(TrackSenderSetup.Sent sent) {
    receiver.noteArrival(sent, now);
    boolean other = beside != null && beside.receiver.takes(sent);
    (other ? beside : this).receiver.onPacket(sent, now);
  }

  /** how long a packet and its answer take */
  LinkedViewer roundTrip(long nanos) {
    link.delay(nanos / 2);
    transport.roundTripNanos = nanos + 2 * MILLISECOND; // as reports have it in steps of this world
    return this;
  }

  /** nothing passes either way */
  void setDown(boolean isDown) {
    down = isDown;
    link.clear();
    back.clear();
  }

  long sentBytes() {
    return sentBytes;
  }

  /** of what is published in that time, how much can be shown so soon */
  double shareInTime(long from, long to, long mostBehind) {
    long inTime =
        receiver.decodable.stream()
            .filter(shown -> shown.behindNanos() <= mostBehind)
            .mapToLong(shown -> shown.atNanos() - shown.behindNanos())
            .filter(published -> published >= from && published < to)
            .count();
    return inTime * (double) LinkedWorld.FRAME_NANOS / (to - from);
  }

  /** when something was shown for the first time since a moment */
  long firstShown(long from) {
    return shown(from, Long.MAX_VALUE).stream()
        .mapToLong(LinkedReceiver.Shown::atNanos)
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }

  double shareShown(long from, long to) {
    return shown(from, to).size() * (double) LinkedWorld.FRAME_NANOS / (to - from);
  }

  long longestFreeze(long from, long to) {
    long longest = 0;
    long last = from;
    for (LinkedReceiver.Shown shown : shown(from, to)) {
      longest = Math.max(longest, shown.atNanos() - last);
      last = shown.atNanos();
    }
    return Math.max(longest, to - last);
  }

  long greatestBehind(long from, long to) {
    return shown(from, to).stream()
        .mapToLong(LinkedReceiver.Shown::behindNanos)
        .max()
        .orElse(Long.MAX_VALUE);
  }

  private List<LinkedReceiver.Shown> shown(long from, long to) {
    return receiver.shown.stream()
        .filter(shown -> shown.atNanos() >= from && shown.atNanos() < to)
        .toList();
  }

  void send(TrackSenderSetup.Sent sent) {
    goesOn(sent);
    sentBytes += sent.bytes().length;
    if (!down) {
      link.send(sent, sent.bytes().length);
    }
  }

  /** time does not go back, and of numbers one is missing at most, behind a picture left undone */
  private void goesOn(TrackSenderSetup.Sent sent) {
    if (sent.ssrc() != sender.parameters().ssrc()) {
      return;
    }
    if (last != null
        && (sent.timestamp() - last.timestamp() < 0
            || step(last, sent) < 1
            || step(last, sent) > 2)) {
      throw new AssertionError(
          "number %d and time %d after %d and %d"
              .formatted(sent.sequence(), sent.timestamp(), last.sequence(), last.timestamp()));
    }
    last = sent;
  }

  private static int step(TrackSenderSetup.Sent from, TrackSenderSetup.Sent to) {
    return SerialNumbers.sequenceDistance(from.sequence(), to.sequence());
  }

  void advance(long nowNanos) {
    now = nowNanos;
    if (!down) {
      link.advance(nowNanos);
    }
    if (now % FEEDBACK_NANOS == 0) {
      report();
    }
    if (now % REPORT_NANOS == 0 && sender.fec() != null) {
      int lost = receiver.lossSinceReport();
      back(() -> sender.fec().onReport(now, lost, transport.roundTripNanos));
    }
    if (now % NACK_NANOS == 0) {
      askForMissing();
    }
    if (beside != null) {
      beside.now = now;
      beside.down = down;
      beside.answer();
    }
    answer();
  }

  private void askForMissing() {
    receiver.missing(now).forEach(sequence -> back(() -> ask(sequence)));
    if (beside != null) {
      beside.askForMissing();
    }
  }

  private void answer() {
    while (!back.isEmpty() && back.element().due() <= now) {
      back.remove().task().run();
    }
  }

  boolean asksLater() {
    return sender.retransmitter().hasKept();
  }

  boolean takesKeyframeRequest() {
    boolean asked = transport.keyframesNeeded > keyframesTaken;
    keyframesTaken = transport.keyframesNeeded;
    return asked;
  }

  private void report() {
    if (!sender.parameters().hasTransportSequence()) {
      if (now % REPORT_NANOS == 0) {
        int lost = receiver.lossSinceReport();
        long roundTrip = 2 * link.delayNanos() + link.queueNanos();
        back(() -> transport.link.onReceiverReport(now, lost, roundTrip));
      }
      return;
    }
    int length = receiver.feedback(feedback);
    if (length > 0) {
      byte[] message = feedback.clone();
      back(() -> transport.link.onTransportFeedback(now, message, 0));
    }
  }

  private void ask(int sequence) {
    sender.retransmitter().resend(sender, transport, egress, sequence, now);
    egress.endRun(transport.remote());
  }

  private void back(Runnable task) {
    if (!down) {
      back.add(new Back(now + link.delayNanos(), task));
    }
  }
}
