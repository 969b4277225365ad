package dev.sluice.loop;

import java.net.InetSocketAddress;

/**
 * Where to send to, and whether runs of packets may go there as one segmented datagram. Used with
 * one socket, on its event loop.
 */
public final class UdpPath {
  private static final int RUNS_BEFORE_ANOTHER_TRY = 1_000;

  private final InetSocketAddress address;
  private int runsUntilTry;

  /**
   * Makes a path that nothing is known of.
   *
   * @param address the receiver
   */
  public UdpPath(InetSocketAddress address) {
    this.address = address;
  }

  /** {@return the receiver} */
  public InetSocketAddress address() {
    return address;
  }

  /** whether to try a segmented datagram for the next run */
  boolean takesSegments() {
    return runsUntilTry == 0 || --runsUntilTry == 0;
  }

  /** one was refused, because the path has a smaller MTU for instance; that may change */
  void refusedSegments() {
    runsUntilTry = RUNS_BEFORE_ANOTHER_TRY;
  }
}
