package dev.sluice.fanout;

import dev.sluice.log.PacketLog;
import dev.sluice.rate.Protection;
import java.util.EnumMap;
import java.util.Map;

/** Packets of a log that follow one another, and the parities of their payloads. */
final class ParityBlock {
  /** so many that the last one is within what the first one's mask spans */
  static final int MOST_PACKETS = 32;

  private final Map<Protection, ParityColumns> columns = new EnumMap<>(Protection.class);
  private long start;
  private int count;

  void set(long firstPosition, int packets) {
    start = firstPosition;
    count = packets;
    columns.values().forEach(ParityColumns::clear);
  }

  /** position of the first packet */
  long start() {
    return start;
  }

  /** position after the last packet */
  long end() {
    return start + count;
  }

  int count() {
    return count;
  }

  /** The parities of one degree of protection, which the first viewer that wants them has made. */
  ParityColumns columns(Protection protection, PacketLog log) {
    ParityColumns made = columns.computeIfAbsent(protection, ParityColumns::new);
    if (made.count() == 0) {
      made.make(log, start, count);
    }
    return made;
  }
}
