package dev.sluice.ice;

import static dev.sluice.ice.BigEndian.getInt;
import static dev.sluice.ice.BigEndian.getUnsignedShort;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What every STUN message has in common (RFC 8489 section 5), and the two questions that a
 * demultiplexer asks before there is an agent to give the datagram to.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |0 0|     STUN Message Type     |         Message Length        |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                         Magic Cookie                          |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                     Transaction ID (96 bits)                  |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |          Attributes: type, length, value padded to 4 ...      |
 * </pre>
 */
public final class Stun {
  /** Length of the message header in bytes. */
  public static final int HEADER_LENGTH = 20;

  /** Length of a transaction id in bytes. */
  public static final int TRANSACTION_ID_LENGTH = 12;

  /** Message type of a Binding request. */
  public static final int BINDING_REQUEST = 0x0001;

  /** Message type of a Binding indication, the keepalive of RFC 8445 section 11. */
  public static final int BINDING_INDICATION = 0x0011;

  /** Message type of a Binding success response. */
  public static final int BINDING_SUCCESS = 0x0101;

  /** Message type of a Binding error response. */
  public static final int BINDING_ERROR = 0x0111;

  static final int MAGIC_COOKIE = 0x2112A442;
  static final int TYPE_OFFSET = 0;
  static final int LENGTH_OFFSET = 2;
  static final int COOKIE_OFFSET = 4;
  static final int TRANSACTION_ID_OFFSET = 8;
  static final int ATTRIBUTE_HEADER_LENGTH = 4;

  private Stun() {}

  /**
   * Whether a datagram that begins with this byte is STUN on a port shared with DTLS, RTP and RTCP
   * (RFC 7983 section 7: 0 to 3).
   *
   * @param firstByte the first byte of the datagram
   * @return true for STUN
   */
  public static boolean isStun(byte firstByte) {
    return (firstByte & 0xFC) == 0;
  }

  /**
   * Reads, without validating more than it needs, which session a Binding request is meant for: the
   * part before the colon of its USERNAME, which is the receiver's username fragment (RFC 8445
   * section 7.2.2). Route Binding requests by this rather than by source address, since a peer's
   * address may have belonged to another session before.
   *
   * @param datagram holds the datagram
   * @param offset of its first byte
   * @param length of it in bytes
   * @return the fragment, or null if this is no Binding request or carries none
   */
  public static @Nullable String localUfrag(byte[] datagram, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, datagram.length);
    if (!isBindingRequest(datagram, offset, length)) {
      return null;
    }
    int end = offset + length;
    int at = offset + HEADER_LENGTH;
    while (end - at >= ATTRIBUTE_HEADER_LENGTH) {
      int type = getUnsignedShort(datagram, at);
      int valueLength = getUnsignedShort(datagram, at + 2);
      at += ATTRIBUTE_HEADER_LENGTH;
      if (valueLength > end - at || StunAttribute.isIntegrity(type)) {
        return null;
      }
      if (type == StunAttribute.USERNAME) {
        return beforeColon(datagram, at, valueLength);
      }
      at += padded(valueLength);
    }
    return null;
  }

  /**
   * Whether a datagram has the header of a Binding request.
   *
   * @param datagram holds the datagram
   * @param offset of its first byte
   * @param length of it in bytes
   * @return true for a Binding request, well-formed or not
   */
  public static boolean isBindingRequest(byte[] datagram, int offset, int length) {
    return length >= HEADER_LENGTH
        && getUnsignedShort(datagram, offset + TYPE_OFFSET) == BINDING_REQUEST
        && getInt(datagram, offset + COOKIE_OFFSET) == MAGIC_COOKIE;
  }

  private static @Nullable String beforeColon(byte[] buffer, int offset, int length) {
    int limit = Math.min(length, IceCredentials.MAX_LENGTH + 1);
    for (int i = 0; i < limit; i++) {
      if (buffer[offset + i] == ':') {
        return new String(buffer, offset, i, StandardCharsets.ISO_8859_1);
      }
    }
    return null;
  }

  /** The high bit of the class, C1 of RFC 8489 section 5, tells responses from all else. */
  static boolean isResponse(int messageType) {
    return (messageType & 0x0100) != 0;
  }

  static int padded(int length) {
    return (length + 3) & ~3;
  }
}
