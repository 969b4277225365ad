package dev.sluice.ice;

import static dev.sluice.ice.BigEndian.getInt;
import static dev.sluice.ice.BigEndian.getLong;
import static dev.sluice.ice.BigEndian.getUnsignedShort;
import static dev.sluice.ice.Stun.ATTRIBUTE_HEADER_LENGTH;
import static dev.sluice.ice.Stun.HEADER_LENGTH;
import static dev.sluice.ice.Stun.padded;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A reusable view of one received STUN message (RFC 8489 section 5).
 *
 * <p>{@link #parse} walks the attributes once and remembers where they are; of an attribute that
 * occurs twice the first counts (section 14). Attributes behind MESSAGE-INTEGRITY or
 * MESSAGE-INTEGRITY-SHA256 are not protected by it and therefore ignored, with the exceptions of
 * sections 14.5 and 14.6. A FINGERPRINT is verified while parsing; integrity is not, see {@link
 * StunAuthenticator#verify}.
 *
 * <p>The view borrows the parsed array until the next {@link #parse}; it allocates nothing but the
 * objects that an accessor returns. Accessors of an absent attribute return what their Javadoc
 * says; all of them are undefined after a {@link #parse} that returned false. Not thread-safe.
 */
public final class StunMessage {
  /** How many distinct unknown comprehension-required attributes are remembered at most. */
  static final int MAX_UNKNOWN_ATTRIBUTES = 16;

  private static final byte[] EMPTY = {};
  private static final int SHA256_MIN_LENGTH = 16;

  private final CRC32 crc = new CRC32();
  // By slot of the attribute: where its value is, 0 if absent, and how long.
  private final int[] offsets = new int[StunAttribute.SLOTS];
  private final int[] lengths = new int[StunAttribute.SLOTS];
  private final short[] unknown = new short[MAX_UNKNOWN_ATTRIBUTES];

  private byte[] buffer = EMPTY;
  private int start;
  private int end;
  private int unknownCount;

  /** Creates a view of nothing. */
  public StunMessage() {}

  /**
   * Points this view at the message that fills the given slice exactly.
   *
   * @param datagram holds the message, borrowed until the next call
   * @param offset of its first byte
   * @param length of it in bytes
   * @return false if it is not a well-formed STUN message or its FINGERPRINT is wrong
   */
  public boolean parse(byte[] datagram, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, datagram.length);
    buffer = datagram;
    start = offset;
    end = offset + length;
    unknownCount = 0;
    Arrays.fill(offsets, 0);
    Arrays.fill(lengths, 0);
    return isHeaderValid(length) && parseAttributes();
  }

  private boolean isHeaderValid(int length) {
    return length >= HEADER_LENGTH
        && Stun.isStun(buffer[start])
        && (length & 3) == 0
        && getUnsignedShort(buffer, start + Stun.LENGTH_OFFSET) == length - HEADER_LENGTH
        && getInt(buffer, start + Stun.COOKIE_OFFSET) == Stun.MAGIC_COOKIE;
  }

  private boolean parseAttributes() {
    int at = start + HEADER_LENGTH;
    while (at < end) {
      int type = getUnsignedShort(buffer, at);
      int length = getUnsignedShort(buffer, at + 2);
      int value = at + ATTRIBUTE_HEADER_LENGTH;
      if (padded(length) > end - value || !accept(type, value, length)) {
        return false;
      }
      at = value + padded(length);
    }
    return true;
  }

  private boolean accept(int type, int value, int length) {
    if (isUnprotected(type)) {
      return true;
    }
    if (!isWellFormed(type, value, length)) {
      return false;
    }
    int slot = StunAttribute.slot(type);
    if (slot >= 0 && offsets[slot] == 0) {
      offsets[slot] = value;
      lengths[slot] = length;
    } else if (slot < 0 && StunAttribute.isComprehensionRequired(type)) {
      rememberUnknown((short) type);
    }
    return true;
  }

  /** Whether the attribute stands behind the integrity that should have covered it. */
  private boolean isUnprotected(int type) {
    return type != StunAttribute.FINGERPRINT
        && (integritySha256() != 0
            || (integritySha1() != 0 && type != StunAttribute.MESSAGE_INTEGRITY_SHA256));
  }

  private boolean isWellFormed(int type, int value, int length) {
    switch (type) {
      case StunAttribute.MESSAGE_INTEGRITY:
        return length == StunAuthenticator.SHA1_LENGTH;
      case StunAttribute.MESSAGE_INTEGRITY_SHA256:
        return length >= SHA256_MIN_LENGTH
            && length <= StunAuthenticator.SHA256_LENGTH
            && (length & 3) == 0;
      case StunAttribute.FINGERPRINT:
        return length == 4 && value + length == end && isFingerprintValid(value);
      case StunAttribute.PRIORITY:
        return length == 4;
      case StunAttribute.ICE_CONTROLLED:
      case StunAttribute.ICE_CONTROLLING:
        return length == 8;
      case StunAttribute.XOR_MAPPED_ADDRESS:
        return XorAddress.isWellFormed(buffer, value, length);
      case StunAttribute.ERROR_CODE:
        return length >= 4;
      default:
        return true;
    }
  }

  private void rememberUnknown(short type) {
    for (int i = 0; i < unknownCount; i++) {
      if (unknown[i] == type) {
        return;
      }
    }
    if (unknownCount < MAX_UNKNOWN_ATTRIBUTES) {
      unknown[unknownCount++] = type;
    }
  }

  private boolean isFingerprintValid(int value) {
    crc.reset();
    crc.update(buffer, start, value - ATTRIBUTE_HEADER_LENGTH - start);
    return ((int) crc.getValue() ^ StunAttribute.FINGERPRINT_XOR) == getInt(buffer, value);
  }

  /**
   * The class and method of the message.
   *
   * @return one of the constants of {@link Stun}, or another type of message
   */
  public int messageType() {
    return getUnsignedShort(buffer, start + Stun.TYPE_OFFSET);
  }

  /**
   * Copies the transaction id.
   *
   * @param destination receives {@value Stun#TRANSACTION_ID_LENGTH} bytes
   * @param offset of the first of them
   */
  public void copyTransactionId(byte[] destination, int offset) {
    int from = start + Stun.TRANSACTION_ID_OFFSET;
    System.arraycopy(buffer, from, destination, offset, Stun.TRANSACTION_ID_LENGTH);
  }

  boolean hasTransactionId(byte[] id) {
    int from = start + Stun.TRANSACTION_ID_OFFSET;
    return Arrays.equals(
        buffer, from, from + Stun.TRANSACTION_ID_LENGTH, id, 0, Stun.TRANSACTION_ID_LENGTH);
  }

  /**
   * USERNAME (RFC 8489 section 14.3).
   *
   * @return its value, or null if absent
   */
  public @Nullable String username() {
    int value = offset(StunAttribute.USERNAME);
    return value == 0
        ? null
        : new String(buffer, value, length(StunAttribute.USERNAME), StandardCharsets.UTF_8);
  }

  boolean hasUsername() {
    return offset(StunAttribute.USERNAME) != 0;
  }

  /** Whether USERNAME begins with this fragment and a colon. */
  boolean isAddressedTo(String ufrag) {
    int value = offset(StunAttribute.USERNAME);
    int length = ufrag.length();
    if (length(StunAttribute.USERNAME) <= length || buffer[value + length] != ':') {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (buffer[value + i] != ufrag.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * PRIORITY (RFC 8445 section 7.1.1).
   *
   * @return its value, 0 to 2^32 - 1; 0 if absent
   */
  public long priority() {
    int value = offset(StunAttribute.PRIORITY);
    return value == 0 ? 0 : getInt(buffer, value) & 0xFFFF_FFFFL;
  }

  /**
   * USE-CANDIDATE (RFC 8445 section 7.1.2).
   *
   * @return whether it is present
   */
  public boolean useCandidate() {
    return offset(StunAttribute.USE_CANDIDATE) != 0;
  }

  /**
   * ICE-CONTROLLED (RFC 8445 section 7.1.3).
   *
   * @return whether it is present
   */
  public boolean isControlled() {
    return offset(StunAttribute.ICE_CONTROLLED) != 0;
  }

  /**
   * ICE-CONTROLLING (RFC 8445 section 7.1.3).
   *
   * @return whether it is present
   */
  public boolean isControlling() {
    return offset(StunAttribute.ICE_CONTROLLING) != 0;
  }

  /**
   * The tie-breaker of ICE-CONTROLLED or else of ICE-CONTROLLING.
   *
   * @return its 64 bits, 0 if both are absent
   */
  public long tieBreaker() {
    int type = isControlled() ? StunAttribute.ICE_CONTROLLED : StunAttribute.ICE_CONTROLLING;
    int value = offset(type);
    return value == 0 ? 0 : getLong(buffer, value);
  }

  /**
   * XOR-MAPPED-ADDRESS (RFC 8489 section 14.2).
   *
   * @return a new address object, or null if absent
   */
  public @Nullable InetSocketAddress xorMappedAddress() {
    int value = offset(StunAttribute.XOR_MAPPED_ADDRESS);
    return value == 0 ? null : XorAddress.read(buffer, start, value);
  }

  /**
   * ERROR-CODE (RFC 8489 section 14.8).
   *
   * @return class times 100 plus number, such as 401; 0 if absent
   */
  public int errorCode() {
    int value = offset(StunAttribute.ERROR_CODE);
    return value == 0 ? 0 : (buffer[value + 2] & 0x07) * 100 + (buffer[value + 3] & 0xFF);
  }

  /**
   * How many distinct comprehension-required attributes this codec does not know.
   *
   * @return their number, of which no more than 16 are remembered
   */
  public int unknownAttributeCount() {
    return unknownCount;
  }

  /**
   * The type of an unknown comprehension-required attribute.
   *
   * @param index from 0 to {@link #unknownAttributeCount} - 1, in order of appearance
   * @return its type
   */
  public int unknownAttribute(int index) {
    return unknown[Objects.checkIndex(index, unknownCount)] & 0xFFFF;
  }

  /**
   * MESSAGE-INTEGRITY or MESSAGE-INTEGRITY-SHA256.
   *
   * @return whether one of them is present; whether it is right, {@link StunAuthenticator} knows
   */
  public boolean hasIntegrity() {
    return integritySha1() != 0 || integritySha256() != 0;
  }

  /**
   * FINGERPRINT (RFC 8489 section 14.7).
   *
   * @return whether it is present, in which case it was right
   */
  public boolean hasFingerprint() {
    return offset(StunAttribute.FINGERPRINT) != 0;
  }

  byte[] buffer() {
    return buffer;
  }

  int start() {
    return start;
  }

  /** Where the digest of MESSAGE-INTEGRITY is, 0 if absent. */
  int integritySha1() {
    return offset(StunAttribute.MESSAGE_INTEGRITY);
  }

  /** Where the digest of MESSAGE-INTEGRITY-SHA256 is, 0 if absent. */
  int integritySha256() {
    return offset(StunAttribute.MESSAGE_INTEGRITY_SHA256);
  }

  int integritySha256Length() {
    return length(StunAttribute.MESSAGE_INTEGRITY_SHA256);
  }

  private int offset(int type) {
    return offsets[StunAttribute.slot(type)];
  }

  private int length(int type) {
    return lengths[StunAttribute.slot(type)];
  }
}
