package dev.sluice.fanout;

import dev.sluice.loop.PeerPath;
import dev.sluice.loop.UdpSocket;

/**
 * Where an event loop encrypts: packets for one viewer are laid one behind the other, and a run of
 * equal size leaves as one segmented datagram.
 *
 * <p>The scratch array is the only copy of a packet on its way from the log to the socket's buffer,
 * and the cipher makes it.
 */
public final class Egress {
  private static final int LARGEST_PAYLOAD = 2_048;

  /** the count of padding bytes is one byte */
  static final int LARGEST_PADDING = 255;

  private final UdpSocket socket;
  private final byte[] scratch = new byte[UdpSocket.MAX_RUN_BYTES];
  private final byte[] rtxPayload = new byte[LARGEST_PAYLOAD];
  private final byte[] padding = new byte[LARGEST_PADDING];
  private int length;
  private int segments;
  private int segmentSize;
  private boolean ended;

  /**
   * Makes the way out of one event loop.
   *
   * @param socket its socket
   */
  public Egress(UdpSocket socket) {
    this.socket = socket;
    padding[LARGEST_PADDING - 1] = (byte) LARGEST_PADDING;
  }

  /** where packets are built */
  byte[] scratch() {
    return scratch;
  }

  /** where the payload of a retransmission is put together */
  byte[] rtxPayload() {
    return rtxPayload;
  }

  /** a payload of {@link #LARGEST_PADDING} bytes that is nothing but padding; not to be changed */
  byte[] padding() {
    return padding;
  }

  /**
   * Makes room for a packet of the current run, which is sent first when the packet does not fit
   * it.
   *
   * @param size of the packet when encrypted, in bytes
   * @param to the run's way
   * @return index in {@link #scratch()} where the packet is to be built
   */
  int prepare(int size, PeerPath to) {
    if (segments > 0
        && (ended
            || size > segmentSize
            || segments == UdpSocket.MAX_SEGMENTS
            || length + size > scratch.length)) {
      endRun(to);
    }
    return length;
  }

  /**
   * Takes the packet that was built where {@link #prepare} said.
   *
   * @param size in bytes
   */
  void append(int size) {
    if (segments == 0) {
      segmentSize = size;
    }
    ended = size < segmentSize;
    length += size;
    segments++;
  }

  /**
   * Sends the current run.
   *
   * @param to its way
   */
  public void endRun(PeerPath to) {
    if (segments > 0) {
      to.sendRun(scratch, 0, length, segmentSize);
      discardRun();
    }
  }

  /** Forgets the current run. */
  public void discardRun() {
    length = 0;
    segments = 0;
    ended = false;
  }

  /** Hands everything to the kernel. */
  public void flush() {
    socket.flush();
  }
}
