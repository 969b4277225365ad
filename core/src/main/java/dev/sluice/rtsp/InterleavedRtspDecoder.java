package dev.sluice.rtsp;

import static io.netty.handler.codec.rtsp.RtspResponseStatuses.BAD_REQUEST;
import static io.netty.handler.codec.rtsp.RtspResponseStatuses.REQUEST_ENTITY_TOO_LARGE;
import static io.netty.handler.codec.rtsp.RtspResponseStatuses.SERVICE_UNAVAILABLE;

import dev.sluice.rtp.InterleavedFrames;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes what one RTSP connection carries: messages, and between them binary frames (RFC 2326,
 * section 10.12).
 *
 * <p>It is one decoder rather than two in a row because only who reads messages knows where one
 * with a body ends, and so where a {@code $} means a frame. A frame goes to the listener as a
 * window of the receive buffer. Frames that nobody wants are skipped as they come, so that only
 * those of a track that is recorded can hold memory.
 *
 * <p>Once frames may come, other bytes between them are skipped until a frame of a known channel or
 * a message is found.
 */
final class InterleavedRtspDecoder extends ByteToMessageDecoder {

  /** What a connection does with frames. */
  interface FrameListener {
    /** whether a track was set up whose frames may come */
    boolean expectsFrames();

    /**
     * How long a frame may be that is wanted now.
     *
     * @param channel interleaved channel, 0 to 255
     * @return {@link #UNKNOWN_CHANNEL}, or the length; 0 when no frame is wanted
     */
    int frameLimit(int channel);

    /**
     * A frame arrived.
     *
     * @param frame buffer whose readable bytes are the frame's packet; borrowed
     */
    void onFrame(int channel, ByteBuf frame);

    /** A frame arrived that was not wanted. */
    void onSkippedFrame(int channel);
  }

  static final int UNKNOWN_CHANNEL = -1;

  /** how many bytes of no use may come in a row once frames may come */
  static final int MAX_STRAY_BYTES = 262_144;

  /** the shortest packet, one of RTCP */
  private static final int MIN_PACKET = 8;

  private final InterleavedFrames frames = new InterleavedFrames();
  private final boolean takesResponses;
  private final MessageReader messages;
  private final FrameListener listener;
  private final ReceiveMemory memory;
  private @Nullable Object decoded;
  private int taken;
  private int skipping;
  private int stray;
  private boolean lost;
  private boolean refusedMemory;
  private boolean stopped;

  /**
   * Makes the decoder of a connection.
   *
   * @param takesResponses whether this side sends requests, so that responses come
   */
  InterleavedRtspDecoder(FrameListener listener, ReceiveMemory memory, boolean takesResponses) {
    this.takesResponses = takesResponses;
    messages = new MessageReader(takesResponses);
    this.listener = listener;
    this.memory = memory;
  }

  /** Drops everything from now on. */
  void stop() {
    stopped = true;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (refusedMemory && !stopped) {
      broken(SERVICE_UNAVAILABLE, "too much is unfinished on all connections");
    }
    while (!stopped && decoded == null && in.isReadable() && readNext(in)) {}
    if (stopped) {
      in.skipBytes(in.readableBytes());
    }
    if (!in.isReadable()) {
      giveMemoryBack();
    }
    if (decoded != null) {
      out.add(decoded);
      decoded = null;
    }
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) {
    giveMemoryBack();
  }

  /** Reads something; false when more has to come first. */
  private boolean readNext(ByteBuf in) {
    if (skipping > 0) {
      int length = Math.min(skipping, in.readableBytes());
      in.skipBytes(length);
      skipping -= length;
      return true;
    }
    if (messages.isUnderWay()) {
      return readMessage(in);
    }
    byte first = in.getByte(in.readerIndex());
    if (first == '\r' || first == '\n') {
      return skipStray(in, 1);
    }
    if (!listener.expectsFrames()) {
      return readFirstMessage(in, first);
    }
    return first == '$' ? readFrame(in) : readMessageOrStray(in);
  }

  private boolean readFirstMessage(ByteBuf in, byte first) {
    return MessageStart.isLetter(first)
        ? readMessage(in)
        : broken(BAD_REQUEST, "this is no request, and no track is set up");
  }

  private boolean readMessageOrStray(ByteBuf in) {
    return switch (MessageStart.of(in, takesResponses)) {
      case MESSAGE -> readMessage(in);
      case UNDECIDED -> false;
      case NONE -> {
        lost = true;
        yield skipStray(in, 1);
      }
    };
  }

  private boolean readMessage(ByteBuf in) {
    return switch (messages.read(in)) {
      case INCOMPLETE -> false;
      case COMPLETE -> {
        lost = false;
        stray = 0;
        decoded = messages.take(in);
        yield true;
      }
      case TOO_LARGE ->
          broken(
              REQUEST_ENTITY_TOO_LARGE,
              "a body has at most " + MessageReader.MAX_BODY_LENGTH + " bytes");
      case MALFORMED -> broken(BAD_REQUEST, "malformed request, " + messages.problem());
    };
  }

  private boolean readFrame(ByteBuf in) {
    if (!frames.peek(in)) {
      return false;
    }
    int limit = listener.frameLimit(frames.channel());
    if (lost) {
      if (limit == UNKNOWN_CHANNEL || frames.length() < MIN_PACKET) {
        return skipStray(in, 1);
      }
      if (in.readableBytes() == InterleavedFrames.HEADER_LENGTH) {
        return false;
      }
      if (!isVersion2(in.getByte(frames.offset()))) {
        return skipStray(in, 1);
      }
      lost = false;
    }
    if (frames.length() > limit || frames.length() < MIN_PACKET) {
      return skipFrame(in, limit);
    }
    if (frames.next(in) != InterleavedFrames.Status.FRAME) {
      return false;
    }
    stray = 0;
    handOver(in);
    return true;
  }

  private static boolean isVersion2(byte first) {
    return (first & 0xC0) == 0x80;
  }

  private boolean skipFrame(ByteBuf in, int limit) {
    int length = frames.length();
    in.skipBytes(InterleavedFrames.HEADER_LENGTH);
    skipping = length;
    listener.onSkippedFrame(frames.channel());
    return limit != UNKNOWN_CHANNEL && length >= MIN_PACKET
        || countStray(InterleavedFrames.HEADER_LENGTH + length);
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

  private boolean skipStray(ByteBuf in, int length) {
    in.skipBytes(length);
    return countStray(length);
  }

  private boolean countStray(int length) {
    stray += length;
    return stray <= MAX_STRAY_BYTES
        || broken(BAD_REQUEST, "no frame and no request in " + MAX_STRAY_BYTES + " bytes");
  }

  private boolean broken(HttpResponseStatus status, String reason) {
    stopped = true;
    decoded = new BrokenProtocol(status, reason);
    return false;
  }

  /** whether media comes, so that large buffers are of use */
  boolean expectsFrames() {
    return listener.expectsFrames();
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
      held.discardReadBytes();
      if (held.writableBytes() < capacity / 2 && !takeMemory(held.capacity())) {
        return null;
      }
      held.ensureWritable(capacity / 2);
    }
    return held;
  }

  private boolean takeMemory(int bytes) {
    refusedMemory = !memory.tryTake(bytes);
    taken += refusedMemory ? 0 : bytes;
    return !refusedMemory;
  }

  private void giveMemoryBack() {
    if (taken > 0) {
      memory.giveBack(taken);
      taken = 0;
    }
  }
}
