package dev.sluice.rtsp;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The UDP ports that RTP/RTCP pairs are taken from: even ports for RTP, the next one for RTCP (RFC
 * 3550, section 11). Safe for any thread.
 */
final class PortRange {

  /** stands for any free port */
  static final int ANY = 0;

  private static final int MIN_PORT = 1_024;
  private static final int MAX_PORT = 65_535;

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

  /**
   * A range that a host asks for.
   *
   * @throws IllegalArgumentException for another range than of whole pairs
   */
  static PortRange checked(int first, int last) {
    if (first < MIN_PORT || last > MAX_PORT || first >= last || first % 2 != 0 || last % 2 == 0) {
      throw new IllegalArgumentException(
          "udpPorts is %s to %s, allowed is an even port from %s to a greater odd one up to %s"
              .formatted(first, last, MIN_PORT, MAX_PORT));
    }
    return of(first, last);
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
