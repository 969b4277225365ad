package dev.sluice.webrtc;

import dev.sluice.ice.Stun;
import dev.sluice.loop.FrameDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is nobody's yet. Its first packet has to be a check that names a session by its
 * user-name fragment; nothing is sent to it, and no more than that is read.
 */
final class TcpStranger extends ChannelInboundHandlerAdapter {
  private final Channel channel;
  private final InetAddress address;
  private final long deadline;
  private final PeerDirectory directory;
  private final Consumer<TcpStranger> onLeave;
  private final FrameDecoder decoder = new FrameDecoder(PeerLoop.MAX_DATAGRAM);
  private boolean named;

  /**
   * Meets one.
   *
   * @param channel the connection
   * @param address where it is from
   * @param deadline when it is to have named a session, on the engine's clock
   * @param directory all sessions
   * @param onLeave is told that it is a stranger no more, or is closed; perhaps twice
   */
  TcpStranger(
      Channel channel,
      InetAddress address,
      long deadline,
      PeerDirectory directory,
      Consumer<TcpStranger> onLeave) {
    this.channel = channel;
    this.address = address;
    this.deadline = deadline;
    this.directory = directory;
    this.onLeave = onLeave;
  }

  InetAddress address() {
    return address;
  }

  long deadline() {
    return deadline;
  }

  /** whether it has named a session */
  boolean isNamed() {
    return named;
  }

  /** Turns it away. */
  void close() {
    onLeave.accept(this);
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
    Peer session = length > 0 ? session(decoder.packet(), length) : null;
    if (session == null) {
      close();
      return;
    }
    named = true;
    onLeave.accept(this);
    TcpConnection connection =
        new TcpConnection(channel, session, decoder, length, Unpooled.copiedBuffer(in));
    channel.pipeline().replace(this, null, connection);
    connection.move();
  }

  private @Nullable Peer session(byte[] packet, int length) {
    String ufrag = Stun.isStun(packet[0]) ? Stun.localUfrag(packet, 0, length) : null;
    return ufrag == null ? null : directory.byUfrag(ufrag);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    onLeave.accept(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    TcpConnection.closeFailed(channel, cause);
  }
}
