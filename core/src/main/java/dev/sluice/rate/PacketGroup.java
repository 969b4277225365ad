package dev.sluice.rate;

/**
 * Packets that left within 5 ms of each other (draft-ietf-rmcat-gcc-02, section 5.2). The delay of
 * a group is that of its first packet, which waits for what was sent before; what a large picture
 * takes itself is no queue. How fast the others follow the first shows what the link carries.
 */
final class PacketGroup {
  private static final long SPAN_NANOS = 5_000_000;
  private static final int LEAST_TRAIN_PACKETS = 5;
  private static final int LEAST_TRAIN_BYTES = 4_000;
  private static final long LEAST_SPAN_NANOS = 250_000;

  private int packets;
  private int bytesAfterFirst;
  private long firstSent;
  private long firstArrival;
  private long lastArrival;

  /** {@return whether a packet belongs to the group; of an empty one none does} */
  boolean takes(long sentNanos) {
    long since = sentNanos - firstSent;
    return packets > 0 && since < SPAN_NANOS;
  }

  void begin(long sentNanos, long arrivalNanos) {
    packets = 1;
    bytesAfterFirst = 0;
    firstSent = sentNanos;
    firstArrival = arrivalNanos;
    lastArrival = arrivalNanos;
  }

  void add(long arrivalNanos, int bytes) {
    packets++;
    bytesAfterFirst += bytes;
    lastArrival = Math.max(lastArrival, arrivalNanos);
  }

  void clear() {
    packets = 0;
  }

  boolean isEmpty() {
    return packets == 0;
  }

  boolean isTrain() {
    return packets >= LEAST_TRAIN_PACKETS && bytesAfterFirst >= LEAST_TRAIN_BYTES;
  }

  double trainBitrate() {
    return Rates.bitrate(bytesAfterFirst, Math.max(LEAST_SPAN_NANOS, lastArrival - firstArrival));
  }

  /** time on the way, by two clocks whose distance is unknown */
  long delayNanos() {
    return firstArrival - firstSent;
  }

  long arrivalNanos() {
    return firstArrival;
  }
}
