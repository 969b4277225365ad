package dev.sluice.fanout;

import dev.sluice.log.PacketLog;
import dev.sluice.log.Ring;

/**
 * Cuts a log into blocks as it grows, the same ones for all viewers of a fan-out, and keeps the
 * newest. A block ends with a picture where it can, soon enough to be of use, and with enough
 * packets to be worth a parity.
 */
final class ParityBlocks {
  private static final int KEPT = 2;
  private static final int LEAST_PACKETS = 4;
  private static final int ENOUGH_PACKETS = 16;
  private static final long SOON_NANOS = 60_000_000;
  private static final long LONGEST_NANOS = 150_000_000;

  /** what is farther behind is a backlog, which nobody gets as it comes */
  private static final int LARGEST_STEP = 1_000;

  private final PacketLog log;
  private final FecPayload payload = new FecPayload();
  private final ParityBlock[] blocks = {new ParityBlock(), new ParityBlock()};
  private long cut;
  private long start;
  private long startNanos;
  private long next;

  ParityBlocks(PacketLog log, long from) {
    this.log = log;
    restart(from);
  }

  PacketLog log() {
    return log;
  }

  /** where repair packets are put together */
  FecPayload payload() {
    return payload;
  }

  /** looks at what may be read now */
  void advance(long edge) {
    if (edge - next > LARGEST_STEP) {
      restart(edge);
    }
    while (next < edge) {
      Ring ring = log.ring();
      boolean marker = ring.marker(next);
      long arrival = ring.arrivalNanos(next);
      if (!log.holds(next)) {
        restart(edge);
        return;
      }
      take(marker, arrival);
    }
  }

  /** index of the oldest block that is kept; indexes go up to {@link #count} */
  long first() {
    return Math.max(0, cut - KEPT);
  }

  /** how many blocks there were so far */
  long count() {
    return cut;
  }

  ParityBlock block(long index) {
    return blocks[(int) (index % KEPT)];
  }

  private void restart(long from) {
    start = from;
    next = from;
  }

  private void take(boolean marker, long arrivalNanos) {
    if (next == start || arrivalNanos - startNanos > LONGEST_NANOS) {
      start = next;
      startNanos = arrivalNanos;
    }
    next++;
    int packets = (int) (next - start);
    if (packets == ParityBlock.MOST_PACKETS
        || (marker && isWorthwhile(packets, arrivalNanos - startNanos))) {
      block(cut++).set(start, packets);
      start = next;
    }
  }

  private static boolean isWorthwhile(int packets, long lasted) {
    return packets >= ENOUGH_PACKETS || (packets >= LEAST_PACKETS && lasted >= SOON_NANOS);
  }
}
