package dev.sluice.rtcp;

import dev.sluice.rtp.BigEndian;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Walks the messages of a received RTCP packet: a compound packet (RFC 3550 section 6.1) or one of
 * reduced size (RFC 5506), in which any message may come first.
 *
 * <pre>{@code
 * if (reader.wrap(buffer, offset, length)) {
 *   while (reader.next()) {
 *     switch (reader.type()) {
 *       case GENERIC_NACK ->
 *           GenericNack.forEachLost(reader.buffer(), reader.offset(), reader.length(), consumer);
 *       case PICTURE_LOSS_INDICATION -> ...
 *       default -> {}
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>A packet with a bad version, length or padding anywhere is refused as a whole. Within a good
 * packet, messages of unknown type and those whose contents contradict their length are passed
 * over. Both are counted; the counters span the life of the reader.
 */
public final class CompoundReader {
  private byte[] buffer = {};
  private int position;
  private int end;
  private int offset;
  private int length;
  private @Nullable MessageType type;

  private long badVersionCount;
  private long badLengthCount;
  private long badPaddingCount;
  private long malformedCount;
  private long unknownCount;

  /** Creates a reader without a packet. */
  public CompoundReader() {}

  /**
   * Takes a packet and checks the headers of all its messages.
   *
   * @param buffer holds the packet; borrowed until the next call
   * @param offset of the packet
   * @param length of the packet in bytes
   * @return whether the packet is good; if not, it is counted and there is nothing to read
   */
  public boolean wrap(byte[] buffer, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    this.buffer = buffer;
    type = null;
    position = offset;
    end = offset + length;
    boolean good = checkHeaders();
    if (!good) {
      end = offset;
    }
    return good;
  }

  /**
   * Goes to the next message that is known and valid.
   *
   * @return false when there is none
   */
  public boolean next() {
    while (position < end) {
      offset = position;
      int paddedLength = RtcpHeader.length(buffer, offset);
      position += paddedLength;
      length = paddedLength - paddingLength(offset, position);
      MessageType candidate = MessageType.of(buffer, offset, length);
      if (candidate == null) {
        unknownCount++;
      } else if (candidate.isValid(buffer, offset, length)) {
        type = candidate;
        return true;
      } else {
        malformedCount++;
      }
    }
    type = null;
    return false;
  }

  /**
   * {@return what the current message is}
   *
   * @throws IllegalStateException when there is no current message
   */
  public MessageType type() {
    MessageType current = type;
    if (current == null) {
      throw new IllegalStateException("no current message");
    }
    return current;
  }

  /** {@return the array that holds the packet} */
  public byte[] buffer() {
    return buffer;
  }

  /** {@return the offset of the current message} */
  public int offset() {
    return offset;
  }

  /** {@return the length of the current message in bytes, with its header, without padding} */
  public int length() {
    return length;
  }

  /** {@return how many packets were refused for a version other than 2} */
  public long badVersionCount() {
    return badVersionCount;
  }

  /** {@return how many packets were refused because their messages do not add up to them} */
  public long badLengthCount() {
    return badLengthCount;
  }

  /**
   * {@return how many packets were refused for padding that is empty, exceeds its message or is not
   * in the last message}
   */
  public long badPaddingCount() {
    return badPaddingCount;
  }

  /** {@return how many messages were passed over because their contents contradict their length} */
  public long malformedCount() {
    return malformedCount;
  }

  /** {@return how many messages were passed over because their type is unknown} */
  public long unknownCount() {
    return unknownCount;
  }

  private boolean checkHeaders() {
    int at = position;
    do {
      if (end - at < RtcpHeader.LENGTH) {
        badLengthCount++;
        return false;
      }
      if (RtcpHeader.version(buffer, at) != RtcpHeader.VERSION) {
        badVersionCount++;
        return false;
      }
      int messageLength = RtcpHeader.length(buffer, at);
      if (messageLength > end - at) {
        badLengthCount++;
        return false;
      }
      if (!isPaddingGood(at, at + messageLength)) {
        badPaddingCount++;
        return false;
      }
      at += messageLength;
    } while (at < end);
    return true;
  }

  private boolean isPaddingGood(int message, int messageEnd) {
    if (!RtcpHeader.hasPadding(buffer, message)) {
      return true;
    }
    int padding = paddingLength(message, messageEnd);
    return messageEnd == end && padding > 0 && padding <= messageEnd - message - RtcpHeader.LENGTH;
  }

  /**
   * the last byte of the padding counts all of it; senders do use counts that are no multiple of 4
   */
  private int paddingLength(int message, int messageEnd) {
    return RtcpHeader.hasPadding(buffer, message)
        ? BigEndian.getUnsignedByte(buffer, messageEnd - 1)
        : 0;
  }
}
