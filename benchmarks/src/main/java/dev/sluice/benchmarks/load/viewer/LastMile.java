package dev.sluice.benchmarks.load.viewer;

import dev.sluice.benchmarks.bottleneck.LinkShape;
import dev.sluice.benchmarks.bottleneck.SlowLink;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * A link in front of one viewer: what has come is given to the viewer when it would have passed the
 * link, with that time, and what the link's queue has no room for never.
 */
final class LastMile {

  /** takes what has arrived */
  interface Sink {
    /**
     * A datagram is there.
     *
     * @param arrival when it came
     */
    void datagram(byte[] datagram, int length, long arrival);
  }

  private record Late(byte[] datagram, long arrival) {}

  private final LinkShape shape;
  private final Tally tally;
  private final SlowLink link = new SlowLink(1);
  private final ArrayDeque<Late> waiting = new ArrayDeque<>();

  LastMile(LinkShape shape, Tally tally) {
    this.shape = shape;
    this.tally = tally;
  }

  /** A datagram, which is copied, begins its way at a time. */
  void send(byte[] datagram, int length, long now) {
    long arrival = link.arrival(shape, now, length);
    if (arrival == SlowLink.LOST) {
      tally.simulatedLosses++;
    } else {
      waiting.add(new Late(Arrays.copyOf(datagram, length), arrival));
    }
  }

  /** Gives a sink what has arrived by now. */
  void deliver(long now, Sink sink) {
    while (!waiting.isEmpty() && waiting.element().arrival() - now <= 0) {
      Late late = waiting.remove();
      sink.datagram(late.datagram(), late.datagram().length, late.arrival());
    }
  }
}
