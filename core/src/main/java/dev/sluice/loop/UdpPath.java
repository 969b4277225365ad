package dev.sluice.loop;

import java.net.InetSocketAddress;

/**
 * Datagrams from an event loop's socket to an address, and whether runs of packets may go there as
 * one segmented datagram.
 */
public final class UdpPath extends PeerPath {
  private static final int RUNS_BEFORE_ANOTHER_TRY = 1_000;

  private final UdpSocket socket;
  private int runsUntilTry;

  /**
   * Makes a path that nothing is known of.
   *
   * @param socket from where
   * @param address the receiver
   */
  public UdpPath(UdpSocket socket, InetSocketAddress address) {
    super(socket.channel(), address);
    this.socket = socket;
  }

  @Override
  public void sendRun(byte[] bytes, int offset, int length, int segmentSize) {
    socket.sendRun(bytes, offset, length, segmentSize, this);
  }

  /** Does nothing: the socket is shared. */
  @Override
  public void release() {}

  /** whether to try a segmented datagram for the next run */
  boolean takesSegments() {
    return runsUntilTry == 0 || --runsUntilTry == 0;
  }

  /** one was refused, because the path has a smaller MTU for instance; that may change */
  void refusedSegments() {
    runsUntilTry = RUNS_BEFORE_ANOTHER_TRY;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UdpPath path && path.address().equals(address());
  }

  @Override
  public int hashCode() {
    return address().hashCode();
  }
}
