package dev.sluice.loop;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;

/**
 * A connection of a peer's, in which each packet has its length before it (RFC 4571). A run of
 * packets is one write.
 *
 * <p>What the kernel does not take waits, up to a limit; then it is not writable, and what is sent
 * all the same is dropped.
 */
public final class TcpPath extends PeerPath {
  /** the last run of media may fill it beyond the mark, and answers are to go all the same */
  private static final int ROOM_FOR_CONTROL = UdpSocket.MAX_RUN_BYTES + (16 << 10);

  private final Channel channel;
  private final TcpTraffic traffic;
  private final Backlog backlog;

  /**
   * Wraps a connection; each is a path of its own.
   *
   * @param channel on the event loop of the peer's session
   * @param traffic counts what is sent
   */
  public TcpPath(Channel channel, TcpTraffic traffic) {
    super(channel, (InetSocketAddress) channel.remoteAddress());
    this.channel = channel;
    this.traffic = traffic;
    backlog = new Backlog(channel, ROOM_FOR_CONTROL);
  }

  @Override
  public void sendRun(byte[] bytes, int offset, int length, int segmentSize) {
    int packets = (length + segmentSize - 1) / segmentSize;
    if (backlog.isFull()) {
      traffic.dropped(packets);
      return;
    }
    ByteBuf frames = channel.alloc().directBuffer(length + packets * FrameDecoder.LENGTH_BYTES);
    for (int at = 0; at < length; at += segmentSize) {
      int size = Math.min(segmentSize, length - at);
      frames.writeShort(size).writeBytes(bytes, offset + at, size);
    }
    traffic.sent(packets, length);
    channel.writeAndFlush(frames, channel.voidPromise());
  }

  @Override
  public void release() {
    channel.close();
  }
}
