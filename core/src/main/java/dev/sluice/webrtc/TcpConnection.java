package dev.sluice.webrtc;

import dev.sluice.loop.Failures;
import dev.sluice.loop.FrameDecoder;
import dev.sluice.loop.TcpPath;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection whose first packet named a session: it moves to that session's event loop, and stays
 * open when the packet was an authentic check, for as long as the session knows the path.
 */
final class TcpConnection extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(TcpConnection.class);

  private final Channel channel;
  private final Peer session;
  private final PeerLoop home;
  private final FrameDecoder decoder;
  private final int firstLength;
  private final ByteBuf rest;
  private final TcpPath path;
  private boolean settled;

  /**
   * Takes over a connection that nobody reads.
   *
   * @param channel the connection
   * @param session which was named
   * @param decoder holds the first packet
   * @param firstLength of it in bytes
   * @param rest what came behind it, on the heap
   */
  TcpConnection(
      Channel channel, Peer session, FrameDecoder decoder, int firstLength, ByteBuf rest) {
    this.channel = channel;
    this.session = session;
    this.decoder = decoder;
    this.firstLength = firstLength;
    this.rest = rest;
    home = session.loop();
    path = new TcpPath(channel, home.tcp());
  }

  /** Goes to the session's event loop; on the one where it is. */
  void move() {
    EventLoop loop = home.eventLoop();
    if (channel.eventLoop() == loop) {
      settle();
      return;
    }
    channel.deregister().addListener(left -> loop.register(channel)); // closes it where it fails
  }

  @Override
  public void channelRegistered(ChannelHandlerContext context) {
    settle();
  }

  private void settle() {
    if (session.loop() != home) { // it has moved meanwhile
      TcpConnection follower = new TcpConnection(channel, session, decoder, firstLength, rest);
      channel.pipeline().replace(this, null, follower);
      follower.move();
      return;
    }
    settled = true;
    receive(firstLength);
    if (session.knows(path)) {
      read(rest);
      session.loop().endRead();
      channel.config().setAutoRead(true);
    } else {
      channel.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      if (settled) { // a peer that has ended the stream is read unasked, and where it was
        read(in);
      }
    } finally {
      in.release();
    }
  }

  private void read(ByteBuf in) {
    int length = decoder.next(in);
    while (length > 0 && channel.isOpen()) {
      receive(length);
      length = decoder.next(in);
    }
    if (length == FrameDecoder.TOO_LONG) {
      channel.close();
    }
  }

  private void receive(int length) {
    session.loop().tcp().received();
    session.receive(decoder.packet(), length, path);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (settled) { // what brought the first packet ends on the event loop that is left
      session.loop().endRead();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (channel.isWritable()) {
      session.writable(path);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (settled) {
      session.lost(path);
      session.loop().endRead();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    closeFailed(channel, cause);
  }

  /** the peer may have reset it; all else is told */
  static void closeFailed(Channel channel, Throwable cause) {
    if (!(cause instanceof IOException)) {
      Failures.log(LOG, "a peer's connection failed", cause);
    }
    channel.close();
  }
}
