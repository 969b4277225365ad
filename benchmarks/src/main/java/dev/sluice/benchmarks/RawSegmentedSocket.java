package dev.sluice.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;

/**
 * The system call alone: a socket whose every datagram the kernel cuts into segments, with one
 * buffer for all of them and no queue.
 */
public final class RawSegmentedSocket {
  private static final int SOL_UDP = 17;
  private static final int UDP_SEGMENT = 103;
  private static final int CAPACITY = 65_536;

  private final Socket socket;
  private final ByteBuf buffer = Unpooled.directBuffer(CAPACITY);
  private final long address = buffer.memoryAddress();
  private final InetSocketAddress to;

  /**
   * Takes a socket over.
   *
   * @param channel one of Netty's native transport, used for nothing else
   * @param segmentSize in bytes
   * @param to the receiver
   */
  public RawSegmentedSocket(Channel channel, int segmentSize, InetSocketAddress to) {
    this.to = to;
    socket = (Socket) ((EpollDatagramChannel) channel).fd();
    channel
        .config()
        .setOption(new IntegerUnixChannelOption("UDP_SEGMENT", SOL_UDP, UDP_SEGMENT), segmentSize);
  }

  /**
   * Copies and sends.
   *
   * @param packets one behind the other
   * @param length of all together, in bytes
   * @return the number of bytes sent
   */
  public int send(byte[] packets, int length) {
    buffer.setBytes(0, packets, 0, length);
    return send(length);
  }

  /**
   * Sends what was copied before.
   *
   * @param length in bytes
   * @return the number of bytes sent
   */
  public int send(int length) {
    try {
      return socket.sendToAddress(address, 0, length, to.getAddress(), to.getPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives the buffer back. */
  public void close() {
    buffer.release();
  }
}
