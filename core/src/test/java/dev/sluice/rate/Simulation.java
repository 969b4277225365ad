package dev.sluice.rate;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * A relay, a link and a viewer in virtual time: the cursor of {@link SimulatedLog} is thinned and
 * paced by what is under test, repeats and probes included, and audio goes along.
 */
final class Simulation {
  static final long MILLI = 1_000_000;
  static final long SECOND = 1_000 * MILLI;
  static final RateLimits LIMITS = new RateLimits(1_000_000_000, 50_000, 1_000_000_000);

  private static final long STEP = 250_000;
  private static final long AUDIO_NANOS = 20 * MILLI;
  private static final int AUDIO_BYTES = 120;
  private static final long FEEDBACK_NANOS = 100 * MILLI;
  private static final long REPORT_NANOS = SECOND;

  private record Back(long due, Runnable task) {}

  SimulatedLog log;
  final SimulatedLink<SimulatedPacket> link;
  final SimulatedReceiver receiver = new SimulatedReceiver();
  final GccEstimator estimator;
  final Thinning thinning = new Thinning(1);
  private long withheld;
  final SkippedRuns runs = new SkippedRuns(0, 0);

  private final boolean transportWide;
  private final ArrayDeque<Back> back = new ArrayDeque<>();
  private final Set<Long> sentUnits = new HashSet<>();
  private final byte[] feedback = new byte[1_200];
  private boolean answersKeyframeRequests;
  private boolean closed;
  private long wanted;
  private LongConsumer everyMilli = nanos -> {};
  private long cursor;
  private boolean admitted;
  private int transportSequence;
  private long nextAudio;
  private long nextFeedback = FEEDBACK_NANOS;
  private long nextReport = REPORT_NANOS;
  private long now;
  private long orphans;
  private long sentBytes;
  private long repeatedBytes;

  Simulation(SimulatedLog log, long rate, boolean transportWide) {
    this(log, rate, transportWide, LIMITS);
  }

  Simulation(SimulatedLog log, long rate, boolean transportWide, RateLimits limits) {
    this.log = log;
    this.transportWide = transportWide;
    estimator = new GccEstimator(limits);
    link = new SimulatedLink<>(7, rate, receiver::onPacket);
  }

  Simulation answeringKeyframeRequests() {
    answersKeyframeRequests = true;
    return this;
  }

  /** what would be sent if the link carried it, where that is more than the log has */
  Simulation wanting(long bitrate) {
    wanted = bitrate;
    return this;
  }

  Simulation everyMilli(LongConsumer task) {
    everyMilli = task;
    return this;
  }

  /** goes on in another log at a keyframe; numbers go on */
  void switchTo(SimulatedLog other, int position) {
    runs.restart(position, runs.sequenceOf(cursor));
    log = other;
    cursor = position;
  }

  long now() {
    return now;
  }

  long estimate() {
    return estimator.estimate(now);
  }

  long sentBytes() {
    return sentBytes;
  }

  /** access units that were sent though the one they refer to was not */
  long orphans() {
    return orphans;
  }

  private List<SimulatedReceiver.Shown> shown(long from, long to) {
    return receiver.shown().stream()
        .filter(shown -> shown.publishedNanos() >= from && shown.publishedNanos() < to)
        .toList();
  }

  /** time until the first picture that was published after a moment is shown; -1 for never */
  long firstShownAfter(long from) {
    return receiver.shown().stream()
        .filter(shown -> shown.publishedNanos() >= from)
        .mapToLong(shown -> shown.shownNanos() - from)
        .findFirst()
        .orElse(-1);
  }

  double shareShown(long from, long to) {
    return (double) shown(from, to).size() * SimulatedLog.FRAME_NANOS / (to - from);
  }

  long greatestBehind(long from, long to) {
    return shown(from, to).stream()
        .mapToLong(SimulatedReceiver.Shown::behindNanos)
        .max()
        .orElse(-1);
  }

  /** longest time between two pictures that are shown one after the other */
  long longestFreeze(long from, long to) {
    long longest = 0;
    long last = from;
    for (SimulatedReceiver.Shown shown : receiver.shown()) {
      if (shown.shownNanos() >= from && shown.shownNanos() < to) {
        longest = Math.max(longest, shown.shownNanos() - last);
        last = shown.shownNanos();
      }
    }
    return Math.max(longest, to - last);
  }

  Simulation runUntil(long end) {
    for (; now < end; now += STEP) {
      step();
    }
    return this;
  }

  /** nothing comes back while the link is down either way */
  void setDown(boolean down) {
    closed = down;
  }

  private void step() {
    log.advance(now);
    while (!back.isEmpty() && back.element().due() <= now) {
      back.remove().task().run();
    }
    sendAudio();
    sendVideo();
    probe();
    receiver.advance(now);
    if (!closed) {
      link.advance(now);
    }
    report();
    if (now % MILLI == 0) {
      everyMilli.accept(now);
    }
  }

  private void sendAudio() {
    if (now >= nextAudio) {
      nextAudio += AUDIO_NANOS;
      send(-1, null, AUDIO_BYTES);
    }
  }

  private void sendVideo() {
    while (cursor < log.entries().size() && mayGo()) {
      SimulatedLog.Entry entry = log.entries().get((int) cursor);
      if (entry.first()) {
        admitted = admits(entry);
        withheld += admitted ? 0 : 1;
        countOrphan(entry);
      }
      int bytes = entry.bytes();
      thinning.packet(bytes);
      if (admitted) {
        send(runs.sequenceOf(cursor), entry, bytes);
      } else {
        runs.skip(cursor, cursor + 1);
      }
      cursor++;
    }
    if (answersKeyframeRequests && thinning.wantsKeyframe(now, estimate())) {
      log.askForKeyframe();
    }
  }

  /** access units that the viewer did not get */
  long withheld() {
    return withheld;
  }

  private boolean mayGo() {
    return thinning.mayGo(now, estimate());
  }

  private boolean admits(SimulatedLog.Entry entry) {
    return thinning.admits(
        now,
        estimate(),
        entry.arrivalNanos(),
        entry.marks(),
        entry.keyframe(),
        log.newestKeyframe() > cursor);
  }

  private void countOrphan(SimulatedLog.Entry entry) {
    if (admitted) {
      orphans += entry.keyframe() || sentUnits.contains(entry.reference()) ? 0 : 1;
      sentUnits.add(entry.unit());
    }
  }

  private void probe() {
    for (int left = estimator.probeBytes(now, Math.max(wanted, thinning.wantedBitrate()));
        left > 0;
        left -= 1_200) {
      int bytes = Math.min(1_200, left);
      send(-1, null, bytes);
    }
  }

  private void send(long sequence, SimulatedLog.Entry entry, int bytes) {
    estimator.onPacketSent(transportSequence, now, bytes);
    thinning.sent(bytes);
    link.send(new SimulatedPacket(transportSequence++, sequence, entry, bytes), bytes);
    sentBytes += bytes;
  }

  private void report() {
    if (now >= nextFeedback) {
      nextFeedback += FEEDBACK_NANOS;
      reportArrivals();
    }
    if (now >= nextReport) {
      nextReport += REPORT_NANOS;
      int lost = receiver.fractionLost();
      back(() -> estimator.onReceiverReport(now, lost, roundTrip()));
    }
    if (now % (20 * MILLI) == 0) {
      List<Long> missing = receiver.missing(2 * link.delayNanos());
      back(() -> missing.forEach(this::resend));
    }
  }

  private void reportArrivals() {
    int length = transportWide ? receiver.writeFeedback(feedback) : 0;
    if (length > 0) {
      byte[] message = feedback.clone();
      back(() -> estimator.onTransportFeedback(now, message, 0));
    }
  }

  private void resend(long sequence) {
    long position = runs.positionOf(sequence);
    if (position != SkippedRuns.NONE && repeatedBytes < sentBytes / 4 && mayGo()) {
      SimulatedLog.Entry entry = log.entries().get((int) position);
      int bytes = entry.bytes();
      send(sequence, entry, bytes);
      repeatedBytes += bytes;
    }
  }

  private long roundTrip() {
    return 2 * link.delayNanos() + link.queueNanos();
  }

  private void back(Runnable task) {
    if (!closed) {
      back.add(new Back(now + link.delayNanos(), task));
    }
  }
}
