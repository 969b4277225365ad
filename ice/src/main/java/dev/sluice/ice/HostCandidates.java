package dev.sluice.ice;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes the host candidates of a lite agent: a port on one or more addresses, component 1 only,
 * since RTP and RTCP share it (RFC 8445 section 5.1, RFC 8839 section 5.1, RFC 6544 section 4.5).
 */
public final class HostCandidates {
  private static final int COMPONENT = 1;

  private enum Kind {
    UDP("candidate:", " udp ", 126, 65535, " typ host"),
    PASSIVE_TCP("candidate:tcp", " tcp ", 90, (4 << 13) + 8191, " typ host tcptype passive");

    private final String start;
    private final String transport;
    private final int typePreference;
    private final int maxLocalPreference;
    private final String end;

    Kind(String start, String transport, int typePreference, int maxLocalPreference, String end) {
      this.start = start;
      this.transport = transport;
      this.typePreference = typePreference;
      this.maxLocalPreference = maxLocalPreference;
      this.end = end;
    }

    String attribute(int index, String address, int port) {
      String foundation = start + (index + 1);
      return foundation
          + " "
          + COMPONENT
          + transport
          + priority(index)
          + " "
          + address
          + " "
          + port
          + end;
    }

    /** RFC 8445 section 5.1.2.1. */
    private long priority(int index) {
      long localPreference = maxLocalPreference - index;
      return ((long) typePreference << 24) + (localPreference << 8) + (256 - COMPONENT);
    }
  }

  private HostCandidates() {}

  /**
   * UDP candidate attributes for an SDP answer, without {@code a=}. Each address has a foundation
   * of its own, and the earlier it stands the higher is its priority (RFC 8445 sections 5.1.1.3 and
   * 5.1.2.1).
   *
   * @param addresses to advertise, most preferred first; repeated ones count once
   * @param port 1 to 65535
   * @return one {@code candidate:...} for each distinct address
   * @throws IllegalArgumentException if an address cannot be sent to, or the port is out of range
   */
  public static List<String> attributes(List<InetAddress> addresses, int port) {
    return attributes(addresses, port, Kind.UDP);
  }

  /**
   * The same for a TCP port that peers connect to (RFC 6544): foundations differ from those of UDP,
   * and priorities are lower (section 4.2).
   *
   * @param addresses to advertise, most preferred first; repeated ones count once
   * @param port 1 to 65535
   * @return one {@code candidate:...} for each distinct address
   * @throws IllegalArgumentException if an address cannot be sent to, or the port is out of range
   */
  public static List<String> passiveTcpAttributes(List<InetAddress> addresses, int port) {
    return attributes(addresses, port, Kind.PASSIVE_TCP);
  }

  private static List<String> attributes(List<InetAddress> addresses, int port, Kind kind) {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not within 1 to 65535");
    }
    List<String> attributes = new ArrayList<>();
    for (InetAddress address : new LinkedHashSet<>(addresses)) {
      attributes.add(kind.attribute(attributes.size(), IpLiteral.of(unicast(address)), port));
    }
    return List.copyOf(attributes);
  }

  private static InetAddress unicast(InetAddress address) {
    if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
      throw new IllegalArgumentException(
          "candidate address " + IpLiteral.of(address) + " is not unicast");
    }
    return address;
  }

  /**
   * What to advertise behind a 1:1 NAT: the public addresses first, then the local ones that they
   * do not replace.
   *
   * @param local addresses of this machine, most preferred first
   * @param publicAddresses addresses that the NAT maps to this machine, port unchanged
   * @param keepLocal whether to advertise local addresses of a family that has a public one too,
   *     for peers on the same side of the NAT
   * @return addresses for {@link #attributes}
   */
  public static List<InetAddress> advertised(
      List<InetAddress> local, List<InetAddress> publicAddresses, boolean keepLocal) {
    Set<InetAddress> advertised = new LinkedHashSet<>(publicAddresses);
    for (InetAddress address : local) {
      boolean replaced =
          publicAddresses.stream().anyMatch(other -> other.getClass() == address.getClass());
      if (keepLocal || !replaced) {
        advertised.add(address);
      }
    }
    return List.copyOf(advertised);
  }
}
