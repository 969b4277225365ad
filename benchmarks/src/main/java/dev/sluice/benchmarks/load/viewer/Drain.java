package dev.sluice.benchmarks.load.viewer;

import dev.sluice.loop.Transport;
import dev.sluice.srtp.SrtpKeys;
import dev.sluice.srtp.SrtpProfile;
import dev.sluice.srtp.SrtpSender;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Sockets whose packets are thrown away, after the work of opening them was done, so that this
 * process is as busy as it is with viewers.
 */
public final class Drain implements AutoCloseable {
  private static final int LARGEST_DATAGRAM = 2_048;
  private static final int HEADER_LENGTH = 12;

  private final MultiThreadIoEventLoopGroup group;
  private final List<Integer> ports = new ArrayList<>();

  /**
   * Opens them.
   *
   * @param sockets how many
   * @param threads event loops
   */
  public Drain(int sockets, int threads) {
    Transport transport = Transport.best(true);
    group =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory("drain-loop", true), transport.ioHandlers());
    for (int i = 0; i < sockets; i++) {
      Channel channel =
          SocketOptions.batched(new Bootstrap().group(group), transport)
              .handler(new Worker())
              .bind(InetAddress.getLoopbackAddress(), 0)
              .syncUninterruptibly()
              .channel();
      ports.add(((InetSocketAddress) channel.localAddress()).getPort());
    }
  }

  /** {@return where they are bound on the loopback address} */
  public List<Integer> ports() {
    return List.copyOf(ports);
  }

  /** {@return datagrams that the kernel dropped because a socket was full} */
  public long socketDrops() {
    return SocketDrops.of(Set.copyOf(ports));
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  /** to decrypt costs what to encrypt does, and needs no key of the sender */
  private static final class Worker extends ChannelInboundHandlerAdapter {
    private final SrtpSender srtp;
    private final byte[] packet = new byte[LARGEST_DATAGRAM];
    private final byte[] scratch =
        new byte[LARGEST_DATAGRAM + SrtpProfile.AEAD_AES_128_GCM.rtpOverhead()];
    private long index;

    Worker() {
      SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;
      srtp =
          new SrtpSender(
              new SrtpKeys(profile, new byte[profile.keyLength()], new byte[profile.saltLength()]),
              null);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      DatagramPacket datagram = (DatagramPacket) message;
      try {
        ByteBuf content = datagram.content();
        int length = Math.min(content.readableBytes(), LARGEST_DATAGRAM);
        content.readBytes(packet, 0, length);
        srtp.protect(
            index++, scratch, 0, HEADER_LENGTH, packet, HEADER_LENGTH, length - HEADER_LENGTH);
      } finally {
        datagram.release();
      }
    }
  }
}
