package dev.sluice.benchmarks.load.viewer;

import dev.sluice.loop.Transport;
import dev.sluice.rtp.RtpHeader;
import dev.sluice.srtp.SrtpKeys;
import dev.sluice.srtp.SrtpProfile;
import dev.sluice.srtp.SrtpSender;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sockets whose packets are thrown away, after the work of opening them was done, so that this
 * process is as busy as it is with viewers.
 */
public final class Drain implements AutoCloseable {
  private static final int LARGEST_DATAGRAM = 2_048;
  private static final int PAYLOAD_TYPE = 96;
  private static final SrtpProfile GCM = SrtpProfile.AEAD_AES_128_GCM;

  private final EventLoopGroup group;
  private final List<Integer> ports = new ArrayList<>();
  private volatile @Nullable Throwable error;

  /**
   * Opens them.
   *
   * @param sockets how many
   * @param threads event loops
   */
  public Drain(int sockets, int threads) {
    Transport transport = Transport.best(true);
    group = transport.newEventLoops(threads, new DefaultThreadFactory("drain-loop", true));
    for (int i = 0; i < sockets; i++) {
      boolean timed = i % ViewerSwarm.TIMED == 0;
      Channel channel =
          SocketOptions.of(new Bootstrap().group(group), transport, !timed)
              .handler(new Worker(timed))
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

  /** {@return what went wrong with a packet; null if nothing did} */
  public @Nullable Throwable error() {
    return error;
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
  private final class Worker extends ChannelInboundHandlerAdapter {
    private final SrtpSender srtp =
        new SrtpSender(
            new SrtpKeys(GCM, new byte[GCM.keyLength()], new byte[GCM.saltLength()]), null);
    private final byte[] packet = new byte[LARGEST_DATAGRAM];
    private final byte[] scratch = new byte[LARGEST_DATAGRAM + GCM.rtpOverhead()];
    private final boolean timed;
    private @Nullable ArrivalClock arrivals;
    private long index;

    Worker(boolean timed) {
      this.timed = timed;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      if (timed && ArrivalClock.covers(context.channel())) {
        arrivals = new ArrivalClock((EpollDatagramChannel) context.channel());
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      DatagramPacket datagram = (DatagramPacket) message;
      try {
        ByteBuf content = datagram.content();
        int length = Math.min(content.readableBytes(), LARGEST_DATAGRAM);
        content.readBytes(packet, 0, length);
        if (arrivals != null) {
          arrivals.newest();
        }
        int header = RtpHeader.FIXED_LENGTH;
        RtpHeader.write(scratch, 0, PAYLOAD_TYPE, false, (int) index & 0xFFFF, 0, 1);
        srtp.protect(index++, scratch, 0, header, packet, header, length - header);
      } finally {
        datagram.release();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      error = cause;
    }
  }
}
