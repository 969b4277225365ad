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

  /** Opens the sockets of a track. */
  @FunctionalInterface
  interface Opener {
    /**
     * Opens them.
     *
     * @param rtp borrows each RTP packet of the peer
     * @param rtcp the same of RTCP
     * @return completed on the event loop
     */
    CompletableFuture<UdpMedia> open(Consumer<ByteBuf> rtp, Consumer<ByteBuf> rtcp);
  }

  /** Datagrams of this length or more are refused: the rest of them may have been cut off. */
  static final int MAX_DATAGRAM = 2_048;

  /** an RTP header, and a receiver report of nothing (RFC 3550, sections 5.1 and 6.4.2) */
  private static final byte[] EMPTY_RTP = {(byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

  private static final byte[] EMPTY_RTCP = {(byte) 0x80, (byte) 201, 0, 1, 0, 0, 0, 0};

  private static final int MAX_RTP_PORT = 65_534;
  private static final int RECEIVE_BATCH = 16;

  private final Channel rtp;
  private final Channel rtcp;
  private final UdpPeer rtpPeer;
  private final UdpPeer rtcpPeer;

  private UdpMedia(Channel rtp, Channel rtcp, UdpPeer rtpPeer, UdpPeer rtcpPeer) {
    this.rtp = rtp;
    this.rtcp = rtcp;
    this.rtpPeer = rtpPeer;
    this.rtcpPeer = rtcpPeer;
  }

  /** Sockets that are open already are served from now on. */
  static UdpMedia of(Channel rtp, Channel rtcp, UdpPeer rtpPeer, UdpPeer rtcpPeer) {
    serve(rtp, rtpPeer);
    serve(rtcp, rtcpPeer);
    return new UdpMedia(rtp, rtcp, rtpPeer, rtcpPeer);
  }

  private static void serve(Channel socket, UdpPeer peer) {
    socket.pipeline().addLast(peer);
    socket.config().setAutoRead(true);
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

  /**
   * The peer's ports are known. Something is sent to each, so that middleboxes and firewalls on the
   * way let through what comes from there.
   */
  void open(int remoteRtp, int remoteRtcp) {
    rtpPeer.port(remoteRtp);
    rtcpPeer.port(remoteRtcp);
    send(rtp, rtpPeer, EMPTY_RTP, EMPTY_RTP.length);
    sendRtcp(EMPTY_RTCP, EMPTY_RTCP.length);
  }

  /** Sends an RTCP packet, unless the peer's port is not known. */
  void sendRtcp(byte[] buffer, int length) {
    send(rtcp, rtcpPeer, buffer, length);
  }

  private static void send(Channel channel, UdpPeer peer, byte[] buffer, int length) {
    InetSocketAddress remote = peer.remote();
    if (remote != null) {
      ByteBuf packet = channel.alloc().ioBuffer(length).writeBytes(buffer, 0, length);
      channel.writeAndFlush(new DatagramPacket(packet, remote), channel.voidPromise());
    }
  }

  void close() {
    rtp.close();
    rtcp.close();
  }

  /**
   * Opens sockets for a track of an RTSP connection, on its event loop and local address.
   *
   * @param rtp whose RTP is taken
   * @param rtcp whose RTCP is taken
   */
  static Opener opener(
      MediaSettings settings,
      MediaConnection connection,
      Channel channel,
      SenderRule rtp,
      SenderRule rtcp) {
    return (onRtp, onRtcp) ->
        open(
            settings,
            channel,
            new UdpPeer(connection, rtp, onRtp),
            new UdpPeer(connection, rtcp, onRtcp));
  }

  /**
   * Opens sockets on the event loop and local address of an RTSP connection.
   *
   * @return completed on that event loop; exceptionally when there is no free pair of ports
   */
  static CompletableFuture<UdpMedia> open(
      MediaSettings settings, Channel connection, UdpPeer rtp, UdpPeer rtcp) {
    return new Opening(settings, connection, rtp, rtcp).start();
  }

  /** Tries one pair of ports after the other. */
  private static final class Opening {
    private final PortRange ports;
    private final Channel connection;
    private final InetAddress local;
    private final UdpPort sockets;
    private final UdpPeer rtpPeer;
    private final UdpPeer rtcpPeer;
    private final CompletableFuture<UdpMedia> result = new CompletableFuture<>();
    private int attemptsLeft;

    Opening(MediaSettings settings, Channel connection, UdpPeer rtpPeer, UdpPeer rtcpPeer) {
      ports = settings.udpPorts();
      this.connection = connection;
      local = ((InetSocketAddress) connection.localAddress()).getAddress();
      sockets =
          new UdpPort(settings.transport(), connection.alloc(), RECEIVE_BATCH, MAX_DATAGRAM, false);
      this.rtpPeer = rtpPeer;
      this.rtcpPeer = rtcpPeer;
      attemptsLeft = ports.attempts();
    }

    CompletableFuture<UdpMedia> start() {
      openRtp(ports.next());
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
        tryNext(ports.next(), bound.cause());
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
        result.complete(UdpMedia.of(rtp, bound.channel(), rtpPeer, rtcpPeer));
      } else {
        rtp.close();
        tryNext(ports.next(), bound.cause());
      }
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
