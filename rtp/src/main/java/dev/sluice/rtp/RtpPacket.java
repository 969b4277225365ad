package dev.sluice.rtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Objects;

/**
 * A view of one received RTP packet (RFC 3550, section 5.1), made to be used again for the next.
 *
 * <p>{@link #wrap} validates the packet and reads its fixed fields once; the getters are plain
 * field reads. Nothing is copied, whether the buffer is on the heap or direct.
 *
 * <p>The buffer is borrowed: the view neither retains nor releases it and does not move its
 * indices, and indices that the view returns are absolute ones of that buffer. What reads the
 * buffer again, {@link #csrc} and {@link #extensions()}, may only be used while the caller still
 * owns it. Used by one thread at a time.
 */
public final class RtpPacket {

  private final HeaderExtensionReader extensions = new HeaderExtensionReader();

  private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
  private int start;
  private int flags;
  private int markerAndPayloadType;
  private int sequenceNumber;
  private int timestamp;
  private int ssrc;
  private int payloadOffset;
  private int payloadLength;

  /** Creates a view of no packet. */
  public RtpPacket() {}

  /**
   * Points this view at the packet that the readable bytes of a buffer hold, if that is well
   * formed: version 2, with a CSRC list, a header extension and a padding count that fit.
   *
   * @param packet buffer whose readable bytes are exactly one packet; borrowed
   * @return whether the packet is well formed; if not, the getters return nothing of use
   */
  public boolean wrap(ByteBuf packet) {
    int length = packet.readableBytes();
    int first = packet.readerIndex();
    if (length < RtpHeader.FIXED_LENGTH || !RtpHeader.isVersion2(packet.getByte(first))) {
      return false;
    }
    buffer = packet;
    start = first;
    flags = packet.getByte(first);
    markerAndPayloadType = packet.getByte(first + RtpHeader.PAYLOAD_TYPE_OFFSET);
    sequenceNumber = packet.getUnsignedShort(first + RtpHeader.SEQUENCE_NUMBER_OFFSET);
    timestamp = packet.getInt(first + RtpHeader.TIMESTAMP_OFFSET);
    ssrc = packet.getInt(first + RtpHeader.SSRC_OFFSET);
    return delimitPayload(length);
  }

  private boolean delimitPayload(int length) {
    int header = RtpHeader.lengthWithCsrcs(flags);
    if (hasExtension()) {
      if (length < header + RtpHeader.EXTENSION_PREFIX_LENGTH) {
        return false;
      }
      int words = buffer.getUnsignedShort(start + header + 2);
      header += RtpHeader.EXTENSION_PREFIX_LENGTH + 4 * words;
    }
    if (length < header) {
      return false;
    }
    payloadOffset = start + header;
    payloadLength = length - header;
    return (flags & RtpHeader.PADDING_BIT) == 0 || removePadding();
  }

  private boolean removePadding() {
    if (payloadLength == 0) {
      return false;
    }
    int padding = buffer.getUnsignedByte(payloadOffset + payloadLength - 1);
    payloadLength -= padding;
    return padding != 0 && payloadLength >= 0;
  }

  /** {@return the buffer that holds the packet; empty before the first packet} */
  public ByteBuf buffer() {
    return buffer;
  }

  /** {@return the payload type, 0 to 127} */
  public int payloadType() {
    return markerAndPayloadType & RtpHeader.PAYLOAD_TYPE_MASK;
  }

  /** {@return whether the marker bit is set} */
  public boolean marker() {
    return (markerAndPayloadType & RtpHeader.MARKER_BIT) != 0;
  }

  /** {@return the sequence number, 0 to 65535} */
  public int sequenceNumber() {
    return sequenceNumber;
  }

  /** {@return the timestamp in ticks of the payload's clock, an unsigned 32-bit number} */
  public int timestamp() {
    return timestamp;
  }

  /** {@return the synchronisation source, an unsigned 32-bit number} */
  public int ssrc() {
    return ssrc;
  }

  /** {@return how many contributing sources the packet names, 0 to 15} */
  public int csrcCount() {
    return flags & RtpHeader.CSRC_COUNT_MASK;
  }

  /**
   * Reads a contributing source.
   *
   * @param index index in the CSRC list, from 0
   * @return the CSRC, an unsigned 32-bit number
   * @throws IndexOutOfBoundsException if the list has no such item
   */
  public int csrc(int index) {
    Objects.checkIndex(index, csrcCount());
    return buffer.getInt(start + RtpHeader.CSRC_OFFSET + RtpHeader.CSRC_LENGTH * index);
  }

  /** {@return whether the packet has a header extension, of whatever profile} */
  public boolean hasExtension() {
    return (flags & RtpHeader.EXTENSION_BIT) != 0;
  }

  /**
   * The elements of the packet's header extension. There is one reader for each view: it starts
   * anew with each call and is valid until the next {@link #wrap}.
   *
   * @return a reader before the first element; it has none where the packet has no extension, or
   *     one that is not of RFC 8285
   */
  public HeaderExtensionReader extensions() {
    if (hasExtension()) {
      int prefix = start + RtpHeader.lengthWithCsrcs(flags);
      extensions.wrap(buffer, prefix, payloadOffset);
    } else {
      extensions.clear();
    }
    return extensions;
  }

  /** {@return the absolute index in the buffer of the first byte after the header} */
  public int payloadOffset() {
    return payloadOffset;
  }

  /** {@return the length of the payload in bytes, without padding; may be 0} */
  public int payloadLength() {
    return payloadLength;
  }
}
