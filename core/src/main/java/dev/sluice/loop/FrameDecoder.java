package dev.sluice.loop;

import io.netty.buffer.ByteBuf;

/**
 * Finds packets in the stream of bytes of a connection, in which each has its length before it (RFC
 * 4571, section 2). Holds one packet of bounded size, whatever lengths are claimed.
 */
public final class FrameDecoder {
  /** more has to come */
  public static final int INCOMPLETE = 0;

  /** the peer claims a longer packet than there may be: where the next begins is not to be known */
  public static final int TOO_LONG = -1;

  static final int LENGTH_BYTES = 2;

  private final byte[] packet;
  private int lengthBytes;
  private int length;
  private int received;

  /**
   * Makes a decoder at the beginning of a stream.
   *
   * @param mostBytes the longest packet
   */
  public FrameDecoder(int mostBytes) {
    packet = new byte[mostBytes];
  }

  /** {@return what holds the packet that {@link #next} found, from index 0, until its next call} */
  public byte[] packet() {
    return packet;
  }

  /**
   * Reads on to the end of a packet. Empty ones are passed over.
   *
   * @param in what has come; what is read is taken out
   * @return the packet's length in bytes, {@link #INCOMPLETE} when all is read, or {@link
   *     #TOO_LONG} from then on
   */
  public int next(ByteBuf in) {
    while (in.isReadable() && !isTooLong()) {
      if (lengthBytes < LENGTH_BYTES) {
        readLength(in);
      } else if (read(in)) {
        return length;
      }
    }
    return isTooLong() ? TOO_LONG : INCOMPLETE;
  }

  private boolean isTooLong() {
    return lengthBytes == LENGTH_BYTES && length > packet.length;
  }

  private void readLength(ByteBuf in) {
    length = (length << 8 | in.readUnsignedByte()) & 0xFFFF;
    lengthBytes++;
    if (lengthBytes == LENGTH_BYTES && length == 0) {
      lengthBytes = 0;
    }
  }

  private boolean read(ByteBuf in) {
    int part = Math.min(length - received, in.readableBytes());
    in.readBytes(packet, received, part);
    received += part;
    if (received < length) {
      return false;
    }
    received = 0;
    lengthBytes = 0;
    return true;
  }
}
