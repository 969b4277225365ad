package dev.sluice.rtsp;

import dev.sluice.rtp.InterleavedFrames;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DatagramPacket;
import org.jspecify.annotations.Nullable;

/** The way of a played track's RTP packets to the peer. */
interface MediaOut {

  /** bytes to leave free before a packet */
  int headroom();

  /** the channel whose queue bounds what is sent */
  Channel channel();

  /** Queues a packet behind its headroom; takes it over. */
  void write(ByteBuf packet);

  void flush();

  /**
   * Frames in the RTSP connection.
   *
   * @param channel has an {@link InterleavedRtspDecoder} in front of the text encoder
   * @param interleavedChannel 0 to 255
   */
  record Interleaved(Channel channel, int interleavedChannel) implements MediaOut {

    @Override
    public int headroom() {
      return InterleavedFrames.HEADER_LENGTH;
    }

    @Override
    public void write(ByteBuf packet) {
      ChannelHandlerContext beforeText = beforeText();
      if (beforeText == null) {
        packet.release();
        return;
      }
      int end = packet.writerIndex();
      packet.writerIndex(packet.readerIndex());
      InterleavedFrames.writeHeader(packet, interleavedChannel, end - headroom());
      beforeText.write(packet.writerIndex(end), channel.voidPromise());
    }

    @Override
    public void flush() {
      channel.flush();
    }

    private @Nullable ChannelHandlerContext beforeText() {
      return channel.pipeline().context(InterleavedRtspDecoder.class);
    }
  }

  /** Datagrams to the port that the peer named or sent from; none while neither is known. */
  record Udp(Channel channel, UdpPeer peer) implements MediaOut {

    @Override
    public int headroom() {
      return 0;
    }

    @Override
    public void write(ByteBuf packet) {
      if (peer.remote() == null) {
        packet.release();
      } else {
        channel.write(new DatagramPacket(packet, peer.remote()), channel.voidPromise());
      }
    }

    @Override
    public void flush() {
      channel.flush();
    }
  }
}
