package dev.sluice.stream;

import dev.sluice.PublisherStatistics;
import dev.sluice.PublisherTotals;

/** Adds up what publishers count. */
final class PublisherSums implements Tally.Sums<Publication, PublisherSums> {
  private long publishers;
  private long packets;
  private long bytes;
  private long lost;
  private long discarded;
  private long keyframes;

  @Override
  public void add(Publication publisher) {
    publishers++;
    PublisherStatistics statistics = publisher.statistics();
    packets += statistics.packetsReceived();
    bytes += statistics.bytesReceived();
    lost += statistics.packetsLost();
    discarded += statistics.packetsDiscarded();
    keyframes += statistics.keyframes();
  }

  @Override
  public PublisherSums copy() {
    PublisherSums copy = new PublisherSums();
    copy.publishers = publishers;
    copy.packets = packets;
    copy.bytes = bytes;
    copy.lost = lost;
    copy.discarded = discarded;
    copy.keyframes = keyframes;
    return copy;
  }

  PublisherTotals totals() {
    return new PublisherTotals(publishers, packets, bytes, lost, discarded, keyframes);
  }
}
