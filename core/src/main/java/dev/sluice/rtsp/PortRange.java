package dev.sluice.rtsp;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The UDP ports that RTP/RTCP pairs are taken from: even ports for RTP, the next one for RTCP (RFC
 * 3550, section 11). Safe for any thread.
 */
final class PortRange {

  /** stands for any free port */
  static final int ANY = 0;

  private final int first;
  private final int pairs;
  private final AtomicInteger turn = new AtomicInteger();

  private PortRange(int first, int pairs) {
    this.first = first;
    this.pairs = pairs;
  }

  static PortRange ephemeral() {
    return new PortRange(ANY, 1);
  }

  /** A range whose first port is even and whose last one is odd. */
  static PortRange of(int first, int last) {
    return new PortRange(first, (last - first + 1) / 2);
  }

  /** an RTP port to try, a different one each time where there are several */
  int next() {
    return first == ANY ? ANY : first + 2 * Math.floorMod(turn.getAndIncrement(), pairs);
  }

  /** how many ports to try before giving up */
  int attempts() {
    return first == ANY ? 16 : Math.min(pairs, 128);
  }
}
