package dev.sluice.rtp;

import io.netty.buffer.ByteBuf;

/**
 * Finds the binary frames with RTP and RTCP packets in the byte stream of an RTSP connection (RFC
 * 2326, section 10.12), where they alternate with text messages.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |    "$" = 36   |    channel    |            length             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                         packet ...                            |
 * </pre>
 *
 * <p>The caller appends what it receives to one buffer and asks for frames until there are no more:
 *
 * <pre>{@code
 * while (frames.next(received) == InterleavedFrames.Status.FRAME) {
 *   handle(frames.channel(), received, frames.offset(), frames.length());
 * }
 * }</pre>
 *
 * <p>No byte is copied: a frame is a place in that buffer, and stays there until the caller
 * discards the bytes read. A frame that has not come in full is left unread, so the buffer never
 * needs to hold more than {@link #MAX_FRAME_LENGTH} bytes for the sake of frames. The buffer is
 * borrowed during a call. Used by one thread at a time.
 */
public final class InterleavedFrames {

  /** What the next bytes of the stream are. */
  public enum Status {

    /** a frame, which has been read */
    FRAME,

    /** nothing yet, or the beginning of a frame; it has been left unread */
    NEED_MORE,

    /**
     * anything but a frame: a text message, for the RTSP layer to read in full (with its body) or
     * to refuse
     */
    MESSAGE
  }

  /** length in bytes of what stands before the packet in a frame */
  public static final int HEADER_LENGTH = 4;

  /** length in bytes of the longest frame with its header */
  public static final int MAX_FRAME_LENGTH = HEADER_LENGTH + 0xFFFF;

  private static final byte MAGIC = '$';
  private static final int CHANNEL_OFFSET = 1;
  private static final int LENGTH_OFFSET = 2;

  private int channel;
  private int offset;
  private int length;

  /** Creates a finder of frames. */
  public InterleavedFrames() {}

  /**
   * Reads the next frame, if it is complete. Empty lines before it are skipped, as RFC 2326 and
   * HTTP ask for where a message may begin.
   *
   * @param stream what has been received and not read yet, beginning between two frames or
   *     messages; its reader index is moved behind the frame
   * @return what the next bytes are
   */
  public Status next(ByteBuf stream) {
    skipEmptyLines(stream);
    if (!stream.isReadable()) {
      return Status.NEED_MORE;
    }
    if (stream.getByte(stream.readerIndex()) != MAGIC) {
      return Status.MESSAGE;
    }
    if (!peek(stream) || stream.readableBytes() < HEADER_LENGTH + length) {
      return Status.NEED_MORE;
    }
    stream.readerIndex(offset + length);
    return Status.FRAME;
  }

  /**
   * Looks at the header of the frame that comes next and leaves it unread, for a caller that does
   * not take frames of any channel or length: {@link #channel()} and {@link #length()} are what the
   * header announces.
   *
   * @param stream what has been received and not read yet
   * @return whether it begins with a whole header of a frame
   */
  public boolean peek(ByteBuf stream) {
    int start = stream.readerIndex();
    if (stream.readableBytes() < HEADER_LENGTH || stream.getByte(start) != MAGIC) {
      return false;
    }
    channel = stream.getUnsignedByte(start + CHANNEL_OFFSET);
    offset = start + HEADER_LENGTH;
    length = stream.getUnsignedShort(start + LENGTH_OFFSET);
    return true;
  }

  private static void skipEmptyLines(ByteBuf stream) {
    while (stream.isReadable() && isLineBreak(stream.getByte(stream.readerIndex()))) {
      stream.skipBytes(1);
    }
  }

  private static boolean isLineBreak(byte b) {
    return b == '\r' || b == '\n';
  }

  /** {@return the channel of the frame, 0 to 255} */
  public int channel() {
    return channel;
  }

  /** {@return the absolute index in the stream's buffer of the first byte of the packet} */
  public int offset() {
    return offset;
  }

  /** {@return the length of the packet in bytes, 0 to 65535} */
  public int length() {
    return length;
  }

  /**
   * Writes the header of a frame. The packet is to follow it.
   *
   * @param out buffer to append to
   * @param channel channel of the frame, 0 to 255
   * @param length length of the packet in bytes, 0 to 65535
   * @throws IllegalArgumentException if a frame cannot express the channel or the length
   */
  public static void writeHeader(ByteBuf out, int channel, int length) {
    if (channel < 0 || channel > 0xFF || length < 0 || length > 0xFFFF) {
      throw new IllegalArgumentException(
          "No frame of channel " + channel + " and length " + length);
    }
    out.writeByte(MAGIC).writeByte(channel).writeShort(length);
  }
}
