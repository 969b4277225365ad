package dev.sluice;

import dev.sluice.codec.Codec;
import dev.sluice.rtp.FrameCutter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The frames of a byte stream without a container: a file, or what an encoder writes to its
 * standard output. Of H.264 and H.265 it is a stream of NAL units behind start codes (annex B),
 * which is cut into access units; of AV1 one of OBUs with sizes, which is cut into temporal units.
 *
 * <p>The end of a frame is the beginning of the next, so a frame comes when the next one begins.
 * Used by one thread at a time; {@link #next} blocks as the input does.
 */
public final class FrameStream implements Closeable {

  /** a larger frame, in bytes, is none */
  private static final int MAX_BYTES = 32 << 20;

  private static final int READ_BYTES = 64 << 10;

  private final InputStream in;
  private final FrameCutter cutter;
  private final ByteBuf bytes = Unpooled.buffer(READ_BYTES, MAX_BYTES + READ_BYTES);
  private int given;
  private boolean ended;

  private FrameStream(InputStream in, FrameCutter cutter) {
    this.in = in;
    this.cutter = cutter;
  }

  /**
   * Begins to read.
   *
   * @param codec of the frames
   * @param in holds them; a buffer in front of it gains nothing
   * @return its frames
   * @throws IllegalArgumentException if byte streams of the codec do not tell its frames apart
   */
  public static FrameStream of(Codec codec, InputStream in) {
    return new FrameStream(in, codec.format().cutter());
  }

  /**
   * {@return the next frame as {@link FrameInput} takes it, or null at the end; valid until the
   * next call}
   *
   * @throws IOException as the input throws it, or if a frame is larger than 32 MiB
   */
  public @Nullable ByteBuffer next() throws IOException {
    bytes.skipBytes(given);
    given = 0;
    int frame = cutter.cut(bytes, ended);
    while (frame == FrameCutter.MORE) {
      read();
      frame = cutter.cut(bytes, ended);
    }
    given = frame;
    return given == 0 ? null : bytes.nioBuffer(bytes.readerIndex(), given);
  }

  private void read() throws IOException {
    if (bytes.readableBytes() > MAX_BYTES) {
      throw new IOException("no frame ends within " + MAX_BYTES + " bytes");
    }
    ended = bytes.discardReadBytes().writeBytes(in, READ_BYTES) < 0;
  }

  /** Closes the input. */
  @Override
  public void close() throws IOException {
    in.close();
  }
}
