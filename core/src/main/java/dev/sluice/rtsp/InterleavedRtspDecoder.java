package dev.sluice.rtsp;

import dev.sluice.rtp.InterleavedFrames;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.rtsp.RtspDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes what one RTSP connection carries: text messages, and between them binary frames (RFC
 * 2326, section 10.12).
 *
 * <p>It is one decoder rather than two in a row because only the text decoder knows where a message
 * with a body ends, and so where a {@code $} means a frame. Text goes down the pipeline; a frame
 * goes to the listener as a window of the receive buffer.
 */
final class InterleavedRtspDecoder extends RtspDecoder {

  /** Takes the frames of a connection. */
  @FunctionalInterface
  interface FrameListener {
    /**
     * A frame arrived.
     *
     * @param channel interleaved channel, 0 to 255
     * @param frame buffer whose readable bytes are the frame's packet; borrowed
     */
    void onFrame(int channel, ByteBuf frame);
  }

  static final int MAX_LINE_LENGTH = 4_096;
  static final int MAX_HEADERS_LENGTH = 8_192;

  private final InterleavedFrames frames = new InterleavedFrames();
  private final FrameListener listener;
  private boolean betweenMessages = true;
  private boolean failed;

  InterleavedRtspDecoder(FrameListener listener) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_LINE_LENGTH)
            .setMaxHeaderSize(MAX_HEADERS_LENGTH)
            .setChunkedSupported(false));
    this.listener = listener;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (failed) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (betweenMessages) {
      readFrames(in);
    }
    if (!betweenMessages) {
      super.decode(ctx, in, out);
      noteEndOfMessage(out);
    }
  }

  private void readFrames(ByteBuf in) {
    InterleavedFrames.Status status = frames.next(in);
    while (status == InterleavedFrames.Status.FRAME) {
      handOver(in);
      status = frames.next(in);
    }
    betweenMessages = status != InterleavedFrames.Status.MESSAGE;
  }

  private void handOver(ByteBuf in) {
    int limit = in.writerIndex();
    int end = frames.offset() + frames.length();
    in.setIndex(frames.offset(), end);
    try {
      listener.onFrame(frames.channel(), in);
    } finally {
      in.setIndex(end, limit);
    }
  }

  private void noteEndOfMessage(List<Object> out) {
    if (!out.isEmpty()) {
      Object last = out.get(out.size() - 1);
      betweenMessages = last instanceof LastHttpContent;
      failed = last instanceof HttpObject object && object.decoderResult().isFailure();
    }
  }

  /**
   * The bytes of an unfinished frame or message, for the transport to read on behind them.
   *
   * @param capacity bytes that the transport would read at once
   * @return the buffer that holds them, with room for more, or null when nothing is held
   */
  @Nullable ByteBuf unfinished(int capacity) {
    ByteBuf held = internalBuffer();
    if (!held.isReadable() || held.refCnt() > 1) {
      return null;
    }
    if (held.writableBytes() < capacity / 2) {
      held.discardReadBytes().ensureWritable(capacity / 2);
    }
    return held;
  }
}
