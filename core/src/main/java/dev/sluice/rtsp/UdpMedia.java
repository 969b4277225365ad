package dev.sluice.rtsp;

import dev.sluice.loop.UdpPort;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DatagramPacket;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The two UDP sockets of a track: RTP on an even port, RTCP on the next. */
final class UdpMedia {

  /** Datagrams of this length or more are refused: the rest of them may have been cut off. */
  static final int MAX_DATAGRAM = 2_048;

  private static final int MAX_RTP_PORT = 65_534;
  private static final int RECEIVE_BATCH = 16;

  private final Channel rtp;
  private final Channel rtcp;
  private final UdpPeer rtcpPeer;

  private UdpMedia(Channel rtp, Channel rtcp, UdpPeer rtcpPeer) {
    this.rtp = rtp;
    this.rtcp = rtcp;
    this.rtcpPeer = rtcpPeer;
  }

  Channel rtp() {
    return rtp;
  }

  int rtpPort() {
    return ((InetSocketAddress) rtp.localAddress()).getPort();
  }

  int rtcpPort() {
    return ((InetSocketAddress) rtcp.localAddress()).getPort();
  }

  /** Sends an RTCP packet, unless the peer's port is not known. */
  void sendRtcp(byte[] buffer, int length) {
    InetSocketAddress remote = rtcpPeer.remote();
    if (remote != null) {
      ByteBuf packet = rtcp.alloc().ioBuffer(length).writeBytes(buffer, 0, length);
      rtcp.writeAndFlush(new DatagramPacket(packet, remote), rtcp.voidPromise());
    }
  }

  void close() {
    rtp.close();
    rtcp.close();
  }

  /**
   * Opens sockets on the event loop and local address of an RTSP connection.
   *
   * @return completed on that event loop; exceptionally when there is no free pair of ports
   */
  static CompletableFuture<UdpMedia> open(
      ServerContext server, Channel connection, UdpPeer rtp, UdpPeer rtcp) {
    return new Opening(server, connection, rtp, rtcp).start();
  }

  /** Tries one pair of ports after the other. */
  private static final class Opening {
    private final ServerContext server;
    private final Channel connection;
    private final InetAddress local;
    private final UdpPort sockets;
    private final UdpPeer rtpPeer;
    private final UdpPeer rtcpPeer;
    private final CompletableFuture<UdpMedia> result = new CompletableFuture<>();
    private int attemptsLeft;

    Opening(ServerContext server, Channel connection, UdpPeer rtpPeer, UdpPeer rtcpPeer) {
      this.server = server;
      this.connection = connection;
      local = ((InetSocketAddress) connection.localAddress()).getAddress();
      sockets =
          new UdpPort(server.transport(), connection.alloc(), RECEIVE_BATCH, MAX_DATAGRAM, false);
      this.rtpPeer = rtpPeer;
      this.rtcpPeer = rtcpPeer;
      attemptsLeft = server.options().udpPorts().attempts();
    }

    CompletableFuture<UdpMedia> start() {
      openRtp(server.options().udpPorts().next());
      return result;
    }

    private void openRtp(int port) {
      bind(port).addListener(orFail(this::onRtpBound));
    }

    /** Netty would keep what a listener throws to itself, and nobody would get an answer */
    private ChannelFutureListener orFail(Consumer<ChannelFuture> next) {
      return bound -> {
        try {
          next.accept(bound);
        } catch (Throwable e) {
          bound.channel().close();
          result.completeExceptionally(e);
        }
      };
    }

    private void onRtpBound(ChannelFuture bound) {
      if (!bound.isSuccess()) {
        tryNext(server.options().udpPorts().next(), bound.cause());
        return;
      }
      int port = ((InetSocketAddress) bound.channel().localAddress()).getPort();
      if (port % 2 != 0) {
        bound.channel().close();
        tryNext(port < MAX_RTP_PORT ? port + 1 : PortRange.ANY, new BindException("odd port"));
        return;
      }
      bind(port + 1).addListener(orFail(rtcp -> onRtcpBound(bound.channel(), rtcp)));
    }

    private void onRtcpBound(Channel rtp, ChannelFuture bound) {
      if (bound.isSuccess()) {
        serve(rtp, rtpPeer);
        serve(bound.channel(), rtcpPeer);
        result.complete(new UdpMedia(rtp, bound.channel(), rtcpPeer));
      } else {
        rtp.close();
        tryNext(server.options().udpPorts().next(), bound.cause());
      }
    }

    private static void serve(Channel socket, UdpPeer peer) {
      socket.pipeline().addLast(peer);
      socket.config().setAutoRead(true);
    }

    private void tryNext(int port, Throwable cause) {
      if (--attemptsLeft > 0) {
        openRtp(port);
      } else {
        result.completeExceptionally(cause);
      }
    }

    private ChannelFuture bind(int port) {
      return sockets.bind(connection.eventLoop(), new InetSocketAddress(local, port));
    }
  }
}
