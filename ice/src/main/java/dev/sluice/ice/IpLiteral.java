package dev.sluice.ice;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Reads and writes IP address literals and nothing else: a name is never resolved. */
public final class IpLiteral {
  private static final int IPV4_LENGTH = 4;
  private static final int IPV6_LENGTH = 16;
  private static final int MAX_TEXT_LENGTH = 45;

  private IpLiteral() {}

  /**
   * Reads a dotted-decimal IPv4 address or an IPv6 address in a form of RFC 4291 section 2.2,
   * without brackets and without zone.
   *
   * @param text the literal
   * @return the address, an IPv4 one for an IPv4-mapped literal; null if text is anything else
   */
  public static @Nullable InetAddress parse(String text) {
    if (text.length() > MAX_TEXT_LENGTH) {
      return null;
    }
    byte[] address = text.indexOf(':') < 0 ? parseIpv4(text) : parseIpv6(text);
    if (address == null) {
      return null;
    }
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of 4 or 16 bytes", e);
    }
  }

  /**
   * Writes an address, an IPv6 one in its canonical form (RFC 5952) and without its zone.
   *
   * @param address the address
   * @return the literal, without brackets
   */
  public static String of(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == IPV4_LENGTH ? address.getHostAddress() : writeIpv6(bytes);
  }

  /** The first of the longest runs of zeros is left out, if it is one of groups (section 4.2). */
  private static String writeIpv6(byte[] address) {
    int start = 0;
    int end = 0;
    for (int i = 0; i < IPV6_LENGTH; i += 2) {
      int zeros = i;
      while (zeros < IPV6_LENGTH && BigEndian.getUnsignedShort(address, zeros) == 0) {
        zeros += 2;
      }
      if (zeros - i > Math.max(end - start, 2)) {
        start = i;
        end = zeros;
      }
    }
    return end == 0
        ? writeGroups(address, 0, IPV6_LENGTH)
        : writeGroups(address, 0, start) + "::" + writeGroups(address, end, IPV6_LENGTH);
  }

  private static String writeGroups(byte[] address, int from, int to) {
    StringJoiner groups = new StringJoiner(":");
    for (int i = from; i < to; i += 2) {
      groups.add(Integer.toHexString(BigEndian.getUnsignedShort(address, i)));
    }
    return groups.toString();
  }

  private static byte @Nullable [] parseIpv4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != IPV4_LENGTH) {
      return null;
    }
    byte[] address = new byte[IPV4_LENGTH];
    for (int i = 0; i < IPV4_LENGTH; i++) {
      int value = parseOctet(parts[i]);
      if (value < 0) {
        return null;
      }
      address[i] = (byte) value;
    }
    return address;
  }

  /** Decimal without a leading zero, which some readers take for octal. */
  private static int parseOctet(String part) {
    boolean leadingZero = part.length() > 1 && part.charAt(0) == '0';
    int value = leadingZero ? -1 : parseDigits(part, 3, 10);
    return value <= 0xFF ? value : -1;
  }

  private static byte @Nullable [] parseIpv6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      byte[] address = parseGroups(text);
      return address != null && address.length == IPV6_LENGTH ? address : null;
    }
    String before = text.substring(0, gap);
    byte[] head = before.indexOf('.') < 0 ? parseGroups(before) : null;
    byte[] tail = parseGroups(text.substring(gap + 2));
    if (head == null || tail == null || head.length + tail.length > IPV6_LENGTH - 2) {
      return null;
    }
    byte[] address = Arrays.copyOf(head, IPV6_LENGTH);
    System.arraycopy(tail, 0, address, IPV6_LENGTH - tail.length, tail.length);
    return address;
  }

  /** Colon-separated groups of 16 bits, of which the last may be an IPv4 address. */
  private static byte @Nullable [] parseGroups(String text) {
    if (text.isEmpty()) {
      return new byte[0];
    }
    String[] groups = text.split(":", -1);
    byte[] bytes = new byte[2 * groups.length + 2];
    int length = 0;
    for (int i = 0; i < groups.length; i++) {
      if (i == groups.length - 1 && groups[i].indexOf('.') >= 0) {
        byte[] ipv4 = parseIpv4(groups[i]);
        if (ipv4 == null) {
          return null;
        }
        System.arraycopy(ipv4, 0, bytes, length, IPV4_LENGTH);
        length += IPV4_LENGTH;
      } else {
        int value = parseDigits(groups[i], 4, 16);
        if (value < 0) {
          return null;
        }
        BigEndian.putShort(bytes, length, value);
        length += 2;
      }
    }
    return Arrays.copyOf(bytes, length);
  }

  /** A number of 1 to maxDigits ASCII digits, or -1. */
  private static int parseDigits(String text, int maxDigits, int radix) {
    if (text.isEmpty() || text.length() > maxDigits) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, radix) : -1;
      if (digit < 0) {
        return -1;
      }
      value = radix * value + digit;
    }
    return value;
  }
}
