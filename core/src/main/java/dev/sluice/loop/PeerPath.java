package dev.sluice.loop;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;

/**
 * A way to a peer, by which packets can be sent. Equal ones are the same way. Used on the event
 * loop of the peer's session.
 */
public abstract sealed class PeerPath permits TcpPath, UdpPath {
  private final Channel channel;
  private final InetSocketAddress address;

  PeerPath(Channel channel, InetSocketAddress address) {
    this.channel = channel;
    this.address = address;
  }

  /** {@return where the peer is} */
  public final InetSocketAddress address() {
    return address;
  }

  /** {@return false while it takes no more media} */
  public final boolean isWritable() {
    return channel.isWritable();
  }

  /**
   * Sends one packet, or drops it where too much waits.
   *
   * @param bytes its content is copied
   * @param offset where it starts
   * @param length in bytes
   */
  public final void send(byte[] bytes, int offset, int length) {
    sendRun(bytes, offset, length, length);
  }

  /**
   * Sends consecutive packets of one size, of which the last may be shorter, or drops them where
   * too much waits.
   *
   * @param bytes their content, one behind the other, is copied
   * @param offset where the first starts
   * @param length of all together, in bytes
   * @param segmentSize of each, in bytes
   */
  public abstract void sendRun(byte[] bytes, int offset, int length, int segmentSize);

  /** Ends it: the session has no use for it any more. */
  public abstract void release();
}
