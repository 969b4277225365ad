package dev.sluice.loop;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Limits how many of something one address may have; the addresses of one IPv6 network of 64 bits
 * count as one. Safe for any thread.
 */
public final class AddressLimit {
  private static final int NETWORK_BYTES = 8;

  private final int most;
  private final Map<ByteBuffer, Integer> counts = new ConcurrentHashMap<>();

  /**
   * Makes a limit that nobody has reached.
   *
   * @param most of one address
   */
  public AddressLimit(int most) {
    this.most = most;
  }

  /**
   * Counts one more, unless that is too many.
   *
   * @param address whose
   * @return whether it was counted
   */
  public boolean tryEnter(InetAddress address) {
    boolean[] entered = {false};
    counts.compute(
        network(address),
        (network, count) -> {
          int before = count == null ? 0 : count;
          entered[0] = before < most;
          return entered[0] ? Integer.valueOf(before + 1) : count;
        });
    return entered[0];
  }

  /**
   * Counts one less of those that have entered.
   *
   * @param address whose
   */
  public void leave(InetAddress address) {
    counts.computeIfPresent(network(address), (network, count) -> count == 1 ? null : count - 1);
  }

  /**
   * Says whether two addresses count as one.
   *
   * @param a the one
   * @param b the other
   * @return whether they are the same, or of one network of IPv6
   */
  public static boolean areOne(InetAddress a, InetAddress b) {
    return network(a).equals(network(b));
  }

  private static ByteBuffer network(InetAddress address) {
    byte[] bytes = address.getAddress();
    return ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, NETWORK_BYTES));
  }
}
