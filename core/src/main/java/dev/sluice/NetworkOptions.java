package dev.sluice;

import dev.sluice.check.Check;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sockets and threads. */
public final class NetworkOptions extends OptionGroup<NetworkOptions> {
  private static final int MAX_EVENT_LOOPS = 256;

  /** the defaults */
  public static final NetworkOptions DEFAULT = new NetworkOptions();

  private InetSocketAddress bindAddress =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 8189);
  private List<InetAddress> publicAddresses = List.of();
  private int eventLoops = Math.min(MAX_EVENT_LOOPS, Runtime.getRuntime().availableProcessors());
  private boolean nativeTransport = true;
  private int receiveBatch = 16;
  private @Nullable InetSocketAddress iceTcpAddress;
  private int maxIceTcpConnections = 4_096;

  private NetworkOptions() {}

  /**
   * {@return local address and UDP port of all WebRTC traffic; port 0 takes any free one. Default
   * 127.0.0.1:8189}
   */
  public InetSocketAddress bindAddress() {
    return bindAddress;
  }

  /**
   * With another address to bind.
   *
   * @param address local address and UDP port
   * @return the changed options
   */
  public NetworkOptions withBindAddress(InetSocketAddress address) {
    return with(copy -> copy.bindAddress = address);
  }

  /**
   * {@return addresses to offer to viewers in place of the local ones, for a host behind 1:1 NAT.
   * Default none}
   */
  public List<InetAddress> publicAddresses() {
    return publicAddresses;
  }

  /**
   * With public addresses.
   *
   * @param addresses what viewers are told
   * @return the changed options
   */
  public NetworkOptions withPublicAddresses(List<InetAddress> addresses) {
    return with(copy -> copy.publicAddresses = List.copyOf(addresses));
  }

  /**
   * {@return threads, 1 to 256; one where several sockets cannot share a UDP port (SO_REUSEPORT),
   * as on Windows, see {@link EngineStatistics#eventLoops}. Default the number of processors}
   */
  public int eventLoops() {
    return eventLoops;
  }

  /**
   * With another number of threads.
   *
   * @param count event loops
   * @return the changed options
   */
  public NetworkOptions withEventLoops(int count) {
    return with(copy -> copy.eventLoops = count);
  }

  /** {@return whether Netty's native epoll is used where it runs. Default true} */
  public boolean nativeTransport() {
    return nativeTransport;
  }

  /**
   * With or without the native transport.
   *
   * @param allowed whether it is used where it runs
   * @return the changed options
   */
  public NetworkOptions withNativeTransport(boolean allowed) {
    return with(copy -> copy.nativeTransport = allowed);
  }

  /** {@return datagrams read with one system call on the native transport, 1 to 64. Default 16} */
  public int receiveBatch() {
    return receiveBatch;
  }

  /**
   * With another receive batch.
   *
   * @param datagrams read with one system call
   * @return the changed options
   */
  public NetworkOptions withReceiveBatch(int datagrams) {
    return with(copy -> copy.receiveBatch = datagrams);
  }

  /**
   * {@return local address and TCP port for peers whose UDP does not get through (ICE-TCP, RFC
   * 6544); port 0 takes any free one. Null, the default, for none}
   */
  public @Nullable InetSocketAddress iceTcpAddress() {
    return iceTcpAddress;
  }

  /**
   * With a TCP port for all peers besides the UDP port.
   *
   * @param address local address and TCP port, null for none
   * @return the changed options
   */
  public NetworkOptions withIceTcpAddress(@Nullable InetSocketAddress address) {
    return with(copy -> copy.iceTcpAddress = address);
  }

  /** {@return connections to the TCP port at a time, 1 to 1,000,000. Default 4,096} */
  public int maxIceTcpConnections() {
    return maxIceTcpConnections;
  }

  /**
   * With another limit of connections.
   *
   * @param count at a time
   * @return the changed options
   */
  public NetworkOptions withMaxIceTcpConnections(int count) {
    return with(copy -> copy.maxIceTcpConnections = count);
  }

  void validate() {
    Check.option(
        bindAddress != null && !bindAddress.isUnresolved(),
        "network.bindAddress",
        bindAddress,
        "a resolved address");
    for (InetAddress address : publicAddresses) {
      Check.option(
          !address.isAnyLocalAddress() && !address.isMulticastAddress(),
          "network.publicAddresses",
          publicAddresses,
          "unicast addresses");
    }
    Check.range("network.eventLoops", eventLoops, 1, MAX_EVENT_LOOPS);
    Check.range("network.receiveBatch", receiveBatch, 1, 64);
    Check.option(
        iceTcpAddress == null || !iceTcpAddress.isUnresolved(),
        "network.iceTcpAddress",
        iceTcpAddress,
        "a resolved address");
    Check.range("network.maxIceTcpConnections", maxIceTcpConnections, 1, 1_000_000);
  }
}
