package dev.sluice.stream;

import dev.sluice.PublisherTotals;
import dev.sluice.TrackStatistics;

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
    for (LogInput input : publisher.inputs()) {
      add(input.statistics());
    }
  }

  private void add(TrackStatistics track) {
    packets += track.packets();
    bytes += track.bytes();
    lost += track.lost();
    discarded += track.outOfOrder() + track.malformed();
    keyframes += track.keyframes();
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
