package dev.sluice.rate;

/**
 * What the times of packets tell: whether a queue grows, how long it is, and how fast it empties.
 */
final class LinkDelay {
  private static final long QUEUE_NANOS = 20_000_000;
  private static final long STANDING_QUEUE_NANOS = 150_000_000;
  private static final int LONGER_WAY_AFTER = 4;

  private final PacketGroup group = new PacketGroup();
  private final Trend trend = new Trend();
  private final QueueDelay queue = new QueueDelay();
  private final ProvenCapacity capacity;
  private int decreases;

  LinkDelay(ProvenCapacity capacity) {
    this.capacity = capacity;
  }

  void add(long nowNanos, long sentNanos, long arrivalNanos, int bytes) {
    if (group.takes(sentNanos)) {
      group.add(arrivalNanos, bytes);
    } else {
      judge(nowNanos);
      group.begin(sentNanos, arrivalNanos);
    }
  }

  private void judge(long nowNanos) {
    if (group.isEmpty()) {
      return;
    }
    trend.add(group.arrivalNanos(), group.delayNanos());
    queue.add(nowNanos, group.delayNanos());
    if (group.isTrain()) {
      capacity.train(nowNanos, group.trainBitrate());
    }
  }

  /**
   * Jitter without a queue is no reason to send less, nor is what a burst of one's own takes; a
   * queue that stands without growing is.
   */
  LinkUse use(double bitrate) {
    long waiting = queue.nanos();
    if (waiting > STANDING_QUEUE_NANOS) {
      return trend.use() == LinkUse.UNDER ? LinkUse.UNDER : LinkUse.OVER;
    }
    decreases = 0;
    double ownBurst = Rates.nanos(SendBudget.BURST_BYTES, bitrate);
    boolean queue = waiting >= QUEUE_NANOS + ownBurst;
    return trend.use() == LinkUse.OVER && !queue ? LinkUse.NORMAL : trend.use();
  }

  boolean hasQueue() {
    return queue.nanos() >= QUEUE_NANOS;
  }

  /** what stays however much less is sent is no queue: the way has become longer */
  void decreased() {
    if (++decreases > LONGER_WAY_AFTER) {
      clear();
    }
  }

  void clear() {
    group.clear();
    trend.clear();
    queue.clear();
    decreases = 0;
  }
}
