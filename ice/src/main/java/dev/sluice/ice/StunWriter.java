package dev.sluice.ice;

import static dev.sluice.ice.BigEndian.putInt;
import static dev.sluice.ice.BigEndian.putLong;
import static dev.sluice.ice.BigEndian.putShort;
import static dev.sluice.ice.Stun.ATTRIBUTE_HEADER_LENGTH;
import static dev.sluice.ice.Stun.HEADER_LENGTH;
import static dev.sluice.ice.Stun.padded;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.zip.CRC32;

/**
 * Writes one STUN message at a time into the caller's array (RFC 8489 section 5).
 *
 * <p>{@link #begin} starts a message, each attribute method appends one attribute and keeps the
 * header's length right, and {@link #length} says how long the message is. Integrity goes behind
 * all attributes it shall protect, {@link #fingerprint} last. The array is borrowed until the next
 * {@link #begin}; a message that does not fit throws IndexOutOfBoundsException. Not thread-safe.
 */
public final class StunWriter {
  private static final byte[] EMPTY = {};
  private static final int FINGERPRINT_LENGTH = 4;

  private final CRC32 crc = new CRC32();
  private byte[] buffer = EMPTY;
  private int start;
  private int end;

  /** Creates a writer; {@link #begin} gives it a place to write to. */
  public StunWriter() {}

  /**
   * Starts a message with no attributes.
   *
   * @param out receives the message
   * @param offset of its first byte
   * @param messageType one of the constants of {@link Stun}
   * @param transactionId holds {@value Stun#TRANSACTION_ID_LENGTH} bytes, which are copied
   * @param transactionIdOffset of the first of them
   * @return this
   */
  public StunWriter begin(
      byte[] out, int offset, int messageType, byte[] transactionId, int transactionIdOffset) {
    start(out, offset, messageType);
    System.arraycopy(
        transactionId,
        transactionIdOffset,
        out,
        offset + Stun.TRANSACTION_ID_OFFSET,
        Stun.TRANSACTION_ID_LENGTH);
    return this;
  }

  /**
   * Starts a response with no attributes.
   *
   * @param out receives the message, not the array of the request
   * @param offset of its first byte
   * @param messageType one of the constants of {@link Stun}
   * @param request whose transaction id is copied
   * @return this
   */
  public StunWriter beginResponse(byte[] out, int offset, int messageType, StunMessage request) {
    start(out, offset, messageType);
    request.copyTransactionId(out, offset + Stun.TRANSACTION_ID_OFFSET);
    return this;
  }

  private void start(byte[] out, int offset, int messageType) {
    Objects.checkFromIndexSize(offset, HEADER_LENGTH, out.length);
    buffer = out;
    start = offset;
    end = offset + HEADER_LENGTH;
    putShort(out, offset + Stun.TYPE_OFFSET, messageType);
    putShort(out, offset + Stun.LENGTH_OFFSET, 0);
    putInt(out, offset + Stun.COOKIE_OFFSET, Stun.MAGIC_COOKIE);
  }

  /**
   * Appends USERNAME.
   *
   * @param receiverUfrag username fragment of the agent that receives the message
   * @param senderUfrag username fragment of the agent that sends it
   * @return this
   */
  public StunWriter username(String receiverUfrag, String senderUfrag) {
    int length = receiverUfrag.length() + 1 + senderUfrag.length();
    int value = append(StunAttribute.USERNAME, length);
    putAscii(value, receiverUfrag);
    buffer[value + receiverUfrag.length()] = ':';
    putAscii(value + receiverUfrag.length() + 1, senderUfrag);
    return this;
  }

  /**
   * Appends PRIORITY.
   *
   * @param priority of a peer-reflexive candidate learnt from this check, 32 bits
   * @return this
   */
  public StunWriter priority(long priority) {
    putInt(buffer, append(StunAttribute.PRIORITY, 4), (int) priority);
    return this;
  }

  /**
   * Appends USE-CANDIDATE.
   *
   * @return this
   */
  public StunWriter useCandidate() {
    append(StunAttribute.USE_CANDIDATE, 0);
    return this;
  }

  /**
   * Appends ICE-CONTROLLING.
   *
   * @param tieBreaker 64 random bits
   * @return this
   */
  public StunWriter controlling(long tieBreaker) {
    putLong(buffer, append(StunAttribute.ICE_CONTROLLING, 8), tieBreaker);
    return this;
  }

  /**
   * Appends ICE-CONTROLLED.
   *
   * @param tieBreaker 64 random bits
   * @return this
   */
  public StunWriter controlled(long tieBreaker) {
    putLong(buffer, append(StunAttribute.ICE_CONTROLLED, 8), tieBreaker);
    return this;
  }

  /**
   * Appends SOFTWARE.
   *
   * @param description ASCII, shorter than 128 characters
   * @return this
   */
  public StunWriter software(String description) {
    putAscii(append(StunAttribute.SOFTWARE, description.length()), description);
    return this;
  }

  /**
   * Appends XOR-MAPPED-ADDRESS.
   *
   * @param address resolved, IPv4 or IPv6
   * @return this
   */
  public StunWriter xorMappedAddress(InetSocketAddress address) {
    InetAddress ip = address.getAddress();
    if (ip == null) {
      throw new IllegalArgumentException("unresolved address " + address);
    }
    byte[] bytes = ip.getAddress();
    int value = append(StunAttribute.XOR_MAPPED_ADDRESS, 4 + bytes.length);
    XorAddress.write(buffer, start, value, bytes, address.getPort());
    return this;
  }

  /**
   * Appends ERROR-CODE.
   *
   * @param code 300 to 699
   * @param reason ASCII, shorter than 128 characters
   * @return this
   */
  public StunWriter errorCode(int code, String reason) {
    if (code < 300 || code > 699) {
      throw new IllegalArgumentException("error code " + code + " is not within 300 to 699");
    }
    int value = append(StunAttribute.ERROR_CODE, 4 + reason.length());
    putInt(buffer, value, code / 100 << 8 | code % 100);
    putAscii(value + 4, reason);
    return this;
  }

  /**
   * Appends UNKNOWN-ATTRIBUTES.
   *
   * @param request whose unknown comprehension-required attributes are listed
   * @return this
   */
  public StunWriter unknownAttributes(StunMessage request) {
    int count = request.unknownAttributeCount();
    int value = append(StunAttribute.UNKNOWN_ATTRIBUTES, 2 * count);
    for (int i = 0; i < count; i++) {
      putShort(buffer, value + 2 * i, request.unknownAttribute(i));
    }
    return this;
  }

  /**
   * Appends any attribute.
   *
   * @param type 16 bits
   * @param content its value, copied and padded with zeros
   * @return this
   */
  public StunWriter attribute(int type, byte[] content) {
    System.arraycopy(content, 0, buffer, append(type, content.length), content.length);
    return this;
  }

  /**
   * Appends MESSAGE-INTEGRITY over all that is written so far.
   *
   * @param authenticator computes it
   * @param credentials whose password is the key: those of the agent that receives a request
   * @return this
   */
  public StunWriter integrity(StunAuthenticator authenticator, IceCredentials credentials) {
    int value = append(StunAttribute.MESSAGE_INTEGRITY, StunAuthenticator.SHA1_LENGTH);
    authenticator.sign(credentials, buffer, start, value);
    return this;
  }

  /**
   * Appends MESSAGE-INTEGRITY-SHA256, not truncated, over all that is written so far.
   *
   * @param authenticator computes it
   * @param credentials whose password is the key: those of the agent that receives a request
   * @return this
   */
  public StunWriter integritySha256(StunAuthenticator authenticator, IceCredentials credentials) {
    int value = append(StunAttribute.MESSAGE_INTEGRITY_SHA256, StunAuthenticator.SHA256_LENGTH);
    authenticator.signSha256(credentials, buffer, start, value);
    return this;
  }

  /**
   * Appends FINGERPRINT, which ends the message.
   *
   * @return this
   */
  public StunWriter fingerprint() {
    int covered = end - start;
    int value = append(StunAttribute.FINGERPRINT, FINGERPRINT_LENGTH);
    crc.reset();
    crc.update(buffer, start, covered);
    putInt(buffer, value, (int) crc.getValue() ^ StunAttribute.FINGERPRINT_XOR);
    return this;
  }

  /**
   * The length of the message so far.
   *
   * @return header and attributes in bytes
   */
  public int length() {
    return end - start;
  }

  /** Appends an attribute's header and padding, and returns where its value goes. */
  private int append(int type, int valueLength) {
    int value = end + ATTRIBUTE_HEADER_LENGTH;
    int next = value + padded(valueLength);
    Objects.checkFromToIndex(end, next, buffer.length);
    putShort(buffer, end, type);
    putShort(buffer, end + 2, valueLength);
    for (int i = value + valueLength; i < next; i++) {
      buffer[i] = 0;
    }
    end = next;
    putShort(buffer, start + Stun.LENGTH_OFFSET, end - start - HEADER_LENGTH);
    return value;
  }

  private void putAscii(int offset, String text) {
    for (int i = 0; i < text.length(); i++) {
      buffer[offset + i] = (byte) text.charAt(i);
    }
  }
}
