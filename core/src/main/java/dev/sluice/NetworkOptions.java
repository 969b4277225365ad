package dev.sluice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Sockets and threads.
 *
 * @param bindAddress local address and UDP port of all WebRTC traffic; port 0 takes any free one.
 *     Default 127.0.0.1:8189
 * @param publicAddresses addresses to offer to viewers in place of the local ones, for a host
 *     behind 1:1 NAT. Default none
 * @param eventLoops threads, 1 to 256; one where several sockets cannot share a UDP port
 *     (SO_REUSEPORT), as on Windows, see {@link EngineStatistics#eventLoops}. Default the number of
 *     processors
 * @param nativeTransport whether Netty's native epoll is used where it runs. Default true
 * @param receiveBatch datagrams read with one system call on the native transport, 1 to 64. Default
 *     16
 */
public record NetworkOptions(
    InetSocketAddress bindAddress,
    List<InetAddress> publicAddresses,
    int eventLoops,
    boolean nativeTransport,
    int receiveBatch) {

  private static final int MAX_EVENT_LOOPS = 256;

  /** the defaults */
  public static final NetworkOptions DEFAULT =
      new NetworkOptions(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 8189),
          List.of(),
          Math.min(MAX_EVENT_LOOPS, Runtime.getRuntime().availableProcessors()),
          true,
          16);

  /**
   * Makes the list immutable.
   *
   * @param bindAddress see above
   * @param publicAddresses see above
   * @param eventLoops see above
   * @param nativeTransport see above
   * @param receiveBatch see above
   */
  public NetworkOptions {
    publicAddresses = List.copyOf(publicAddresses);
  }

  /**
   * With another address to bind.
   *
   * @param address local address and UDP port
   * @return the changed options
   */
  public NetworkOptions withBindAddress(InetSocketAddress address) {
    return new NetworkOptions(address, publicAddresses, eventLoops, nativeTransport, receiveBatch);
  }

  /**
   * With public addresses.
   *
   * @param addresses what viewers are told
   * @return the changed options
   */
  public NetworkOptions withPublicAddresses(List<InetAddress> addresses) {
    return new NetworkOptions(bindAddress, addresses, eventLoops, nativeTransport, receiveBatch);
  }

  /**
   * With another number of threads.
   *
   * @param count event loops
   * @return the changed options
   */
  public NetworkOptions withEventLoops(int count) {
    return new NetworkOptions(bindAddress, publicAddresses, count, nativeTransport, receiveBatch);
  }

  /**
   * With or without the native transport.
   *
   * @param allowed whether it is used where it runs
   * @return the changed options
   */
  public NetworkOptions withNativeTransport(boolean allowed) {
    return new NetworkOptions(bindAddress, publicAddresses, eventLoops, allowed, receiveBatch);
  }

  /**
   * With another receive batch.
   *
   * @param datagrams read with one system call
   * @return the changed options
   */
  public NetworkOptions withReceiveBatch(int datagrams) {
    return new NetworkOptions(bindAddress, publicAddresses, eventLoops, nativeTransport, datagrams);
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
  }
}
