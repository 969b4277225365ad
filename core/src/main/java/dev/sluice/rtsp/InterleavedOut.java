package dev.sluice.rtsp;

import dev.sluice.receive.RtcpOut;
import dev.sluice.rtp.InterleavedFrames;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;

/**
 * Sends RTCP as frames in the RTSP connection, or drops it when the peer does not read.
 *
 * @param connection has an {@link InterleavedRtspDecoder} in front of the text encoder
 * @param interleavedChannel 0 to 255
 */
record InterleavedOut(Channel connection, int interleavedChannel) implements RtcpOut {

  @Override
  public void send(byte[] packet, int length) {
    ChannelHandlerContext beforeText = connection.pipeline().context(InterleavedRtspDecoder.class);
    if (beforeText == null || !connection.isWritable()) {
      return;
    }
    ByteBuf frame = connection.alloc().ioBuffer(InterleavedFrames.HEADER_LENGTH + length);
    InterleavedFrames.writeHeader(frame, interleavedChannel, length);
    frame.writeBytes(packet, 0, length);
    beforeText.writeAndFlush(frame, connection.voidPromise());
  }
}
