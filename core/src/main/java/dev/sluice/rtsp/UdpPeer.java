package dev.sluice.rtsp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The handler of one UDP socket of a session. It takes datagrams only from whom the {@link
 * SenderRule} allows.
 */
final class UdpPeer extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(UdpPeer.class);

  private final MediaConnection connection;
  private final SenderRule rule;
  private final Consumer<ByteBuf> consumer;
  private @Nullable InetSocketAddress remote;

  /**
   * Makes a handler.
   *
   * @param consumer borrows each datagram that is taken
   */
  UdpPeer(MediaConnection connection, SenderRule rule, Consumer<ByteBuf> consumer) {
    this.connection = connection;
    this.rule = rule;
    this.consumer = consumer;
    remote = rule.remote();
  }

  /** The peer sends from, and listens on, this port. */
  void port(int port) {
    InetAddress address = rule.address();
    if (address != null) {
      remote = new InetSocketAddress(address, port);
    }
  }

  /** where to send to, or null while that is not known */
  @Nullable InetSocketAddress remote() {
    return remote;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    DatagramPacket datagram = (DatagramPacket) message;
    try {
      read(datagram);
    } finally {
      datagram.release();
    }
  }

  private void read(DatagramPacket datagram) {
    MediaCounters counters = connection.reads().counters();
    counters.datagrams.increment();
    if (!isPeer(datagram.sender())) {
      counters.foreignDatagrams.increment();
    } else if (datagram.content().readableBytes() >= UdpMedia.MAX_DATAGRAM) {
      counters.received.discard();
    } else {
      connection.onMediaOfPeer();
      consumer.accept(datagram.content());
    }
  }

  private boolean isPeer(InetSocketAddress sender) {
    if (rule.allows(sender.getAddress()) && (remote == null || rule.mayMove())) {
      remote = sender;
    }
    return sender.equals(remote);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    connection.reads().onReadComplete();
  }

  /** An ICMP error for what was sent is no reason to stop; anything else ends the session. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException) {
      LOG.debug("{}: {}", ctx.channel(), cause.toString());
    } else {
      connection.fail(cause);
    }
  }
}
