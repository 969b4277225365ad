package dev.sluice.ice;

import static dev.sluice.ice.BigEndian.getInt;
import static dev.sluice.ice.BigEndian.getUnsignedShort;
import static dev.sluice.ice.BigEndian.putShort;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * The value of XOR-MAPPED-ADDRESS (RFC 8489 section 14.2). The mask of port and address is the
 * message from its magic cookie on, transaction id included for IPv6.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |0 0 0 0 0 0 0 0|    Family     |         X-Port                |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                X-Address (32 or 128 bits) ...                 |
 * </pre>
 */
final class XorAddress {
  private static final int FAMILY_OFFSET = 1;
  private static final int PORT_OFFSET = 2;
  private static final int ADDRESS_OFFSET = 4;

  private XorAddress() {}

  static boolean isWellFormed(byte[] buffer, int value, int length) {
    return length >= ADDRESS_OFFSET && length == ADDRESS_OFFSET + addressLength(buffer, value);
  }

  private static int addressLength(byte[] buffer, int value) {
    switch (buffer[value + FAMILY_OFFSET]) {
      case StunAttribute.IPV4:
        return 4;
      case StunAttribute.IPV6:
        return 16;
      default:
        return -1;
    }
  }

  static InetSocketAddress read(byte[] buffer, int message, int value) {
    int mask = message + Stun.COOKIE_OFFSET;
    int port = getUnsignedShort(buffer, value + PORT_OFFSET) ^ getUnsignedShort(buffer, mask);
    byte[] address = new byte[addressLength(buffer, value)];
    for (int i = 0; i < address.length; i++) {
      address[i] = (byte) (buffer[value + ADDRESS_OFFSET + i] ^ buffer[mask + i]);
    }
    try {
      return new InetSocketAddress(InetAddress.getByAddress(address), port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of 4 or 16 bytes", e);
    }
  }

  /** Writes the value and returns its length. */
  static int write(byte[] buffer, int message, int value, byte[] address, int port) {
    int mask = message + Stun.COOKIE_OFFSET;
    buffer[value] = 0;
    buffer[value + FAMILY_OFFSET] =
        (byte) (address.length == 4 ? StunAttribute.IPV4 : StunAttribute.IPV6);
    putShort(buffer, value + PORT_OFFSET, port ^ (getInt(buffer, mask) >>> 16));
    for (int i = 0; i < address.length; i++) {
      buffer[value + ADDRESS_OFFSET + i] = (byte) (address[i] ^ buffer[mask + i]);
    }
    return ADDRESS_OFFSET + address.length;
  }
}
