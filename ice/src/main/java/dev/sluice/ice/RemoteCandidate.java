package dev.sluice.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * An address at which the peer says it can be reached (RFC 8839 section 5.1).
 *
 * @param priority 1 to 2^31 - 1, higher is better
 * @param address unicast, with a port that is not 0
 */
public record RemoteCandidate(long priority, InetSocketAddress address) {
  private static final int COMPONENT = 1;
  private static final int TRANSPORT = 2;
  private static final int PRIORITY = 3;
  private static final int ADDRESS = 4;
  private static final int PORT = 5;
  private static final int FIELDS = 8;
  private static final int MAX_PORT = 65_535;
  private static final String PREFIX = "candidate:";

  /**
   * Reads a candidate attribute.
   *
   * <pre>
   * candidate:foundation component transport priority address port typ type ...
   * </pre>
   *
   * @param attribute without {@code a=}
   * @return null for what is malformed, and for what a check over UDP cannot be sent to: another
   *     component or transport, a name, an address that is not unicast
   */
  public static @Nullable RemoteCandidate parse(String attribute) {
    String[] fields = attribute.strip().split("\\s+", FIELDS + 1);
    if (!attribute.startsWith(PREFIX)
        || fields.length < FIELDS
        || !fields[COMPONENT].equals("1")
        || !fields[TRANSPORT].equalsIgnoreCase("udp")) {
      return null;
    }
    long priority = number(fields[PRIORITY], Integer.MAX_VALUE);
    InetAddress address = IpLiteral.parse(fields[ADDRESS]);
    long port = number(fields[PORT], MAX_PORT);
    return priority > 0 && port > 0 && address != null && isUnicast(address)
        ? new RemoteCandidate(priority, new InetSocketAddress(address, (int) port))
        : null;
  }

  private static boolean isUnicast(InetAddress address) {
    return !address.isAnyLocalAddress() && !address.isMulticastAddress();
  }

  /** A number from 0 to the greatest, or -1. */
  private static long number(String text, long greatest) {
    if (!text.matches("[0-9]{1,10}")) {
      return -1;
    }
    long value = Long.parseLong(text);
    return value <= greatest ? value : -1;
  }
}
