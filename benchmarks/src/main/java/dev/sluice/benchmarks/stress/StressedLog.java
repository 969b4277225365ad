package dev.sluice.benchmarks.stress;

import dev.sluice.log.LogLimits;
import dev.sluice.log.PacketLog;
import dev.sluice.log.Ring;
import dev.sluice.log.SegmentPool;

/**
 * A small log whose packets can be checked: every byte of a payload, its timestamp and its arrival
 * time follow from the position.
 */
class StressedLog {
  static final int MISSED = 0;
  static final int WHOLE = 1;
  static final int TORN = 2;

  private static final int SHORTEST = 8;
  private static final int LENGTHS = 9;

  final PacketLog log;

  StressedLog(int segmentBytes, int maxBytes) {
    log = new PacketLog(new SegmentPool(0), new LogLimits(segmentBytes, maxBytes, 0, false));
  }

  final void append(int packets) {
    for (int i = 0; i < packets; i++) {
      long position = log.position();
      int length = length(position);
      log.now(position);
      log.open(length);
      for (int at = 0; at < length; at++) {
        log.array()[log.offset() + at] = (byte) position;
      }
      log.commit(length, (int) position, true);
      log.publish();
    }
  }

  /** reads as viewers do: first all of it, then whether it still counts */
  final int read(long position) {
    if (position < 0 || position >= log.tail()) {
      return MISSED; // not published, as the head is when all before it was evicted
    }
    Ring ring = log.ring();
    int start = ring.start(position);
    int length = ring.length(position);
    byte[] bytes = ring.bytes(position);
    if (!Ring.contains(bytes, start, length)) {
      return MISSED;
    }
    boolean right =
        length == length(position)
            && ring.timestamp(position) == (int) position
            && ring.arrivalNanos(position) == position
            && ring.marker(position);

    for (int at = start; at < start + length; at++) {
      right &= bytes[at] == (byte) position;
    }
    if (!log.holds(position)) {
      return MISSED;
    }
    return right ? WHOLE : TORN;
  }

  private static int length(long position) {
    return SHORTEST + (int) (position % LENGTHS);
  }
}
