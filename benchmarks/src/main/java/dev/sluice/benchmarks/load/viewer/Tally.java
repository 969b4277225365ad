package dev.sluice.benchmarks.load.viewer;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What the viewers of one event loop count; written by its thread alone. */
final class Tally {
  private static final long LONGEST_NANOS = 60_000_000_000L;
  private static final int DIGITS = 2;

  long packets;
  long bytes;
  long frames;
  long freezes;
  long lost;
  long recovered;
  long late;
  long wrong;
  long notAuthentic;
  long simulatedLosses;
  long nacks;
  long rtcpBytesReceived;
  long rtcpBytesSent;
  long forged;
  final Histogram delay = histogram();
  final Histogram recoveryDelay = histogram();
  final Histogram joinToPacket = histogram();
  final Histogram joinToKeyframe = histogram();
  private @Nullable String error;

  static Histogram histogram() {
    return new Histogram(LONGEST_NANOS, DIGITS);
  }

  void record(Histogram histogram, long nanos) {
    histogram.recordValue(Math.min(Math.max(nanos, 0), LONGEST_NANOS));
  }

  void error(@Nullable String what) {
    if (error == null) {
      error = what;
    }
  }

  @Nullable String error() {
    return error;
  }

  /** Begins another window of delays. */
  boolean resetDelays() {
    delay.reset();
    recoveryDelay.reset();
    return true;
  }

  Tally copy() {
    Tally copy = new Tally();
    copy.packets = packets;
    copy.bytes = bytes;
    copy.frames = frames;
    copy.freezes = freezes;
    copy.lost = lost;
    copy.recovered = recovered;
    copy.late = late;
    copy.wrong = wrong;
    copy.notAuthentic = notAuthentic;
    copy.simulatedLosses = simulatedLosses;
    copy.nacks = nacks;
    copy.rtcpBytesReceived = rtcpBytesReceived;
    copy.rtcpBytesSent = rtcpBytesSent;
    copy.forged = forged;
    copy.error = error;
    copy.delay.add(delay);
    copy.recoveryDelay.add(recoveryDelay);
    copy.joinToPacket.add(joinToPacket);
    copy.joinToKeyframe.add(joinToKeyframe);
    return copy;
  }
}
