package dev.sluice.webrtc;

import dev.sluice.ice.Stun;
import dev.sluice.loop.FrameDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is nobody's yet. Its first packet has to be a check that names a session by its
 * user-name fragment; nothing is sent to it, and no more than that is read.
 */
final class TcpStranger extends ChannelInboundHandlerAdapter {
  private final TcpDoor door;
  private final Channel channel;
  private final InetAddress address;
  private final long deadline;
  private final FrameDecoder decoder = new FrameDecoder(PeerLoop.MAX_DATAGRAM);

  TcpStranger(TcpDoor door, Channel channel, InetAddress address, long deadline) {
    this.door = door;
    this.channel = channel;
    this.address = address;
    this.deadline = deadline;
  }

  InetAddress address() {
    return address;
  }

  long deadline() {
    return deadline;
  }

  /** Turns it away. */
  void close() {
    channel.close();
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    channel.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      read(in);
    } finally {
      in.release();
    }
  }

  private void read(ByteBuf in) {
    int length = decoder.next(in);
    if (length == FrameDecoder.INCOMPLETE) {
      channel.read();
      return;
    }
    Peer session = length > 0 ? named(decoder.packet(), length) : null;
    if (session == null) {
      door.turnAway(this);
      return;
    }
    door.leave(this);
    TcpConnection connection =
        new TcpConnection(channel, session, decoder, length, Unpooled.copiedBuffer(in));
    channel.pipeline().replace(this, null, connection);
    connection.move();
  }

  private @Nullable Peer named(byte[] packet, int length) {
    String ufrag = Stun.isStun(packet[0]) ? Stun.localUfrag(packet, 0, length) : null;
    return ufrag == null ? null : door.session(ufrag);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    door.leave(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    TcpConnection.closeFailed(channel, cause);
  }
}
