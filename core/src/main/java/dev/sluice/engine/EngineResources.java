package dev.sluice.engine;

import dev.sluice.EngineConfiguration;
import dev.sluice.NetworkOptions;
import dev.sluice.ice.HostCandidates;
import dev.sluice.log.SegmentPool;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes what an engine owns besides its event loops. */
final class EngineResources {
  private static final int PAGE_BYTES = 8 << 10;
  private static final int CHUNK_ORDER = 7;
  private static final int SMALL_CACHE = 256;
  private static final int NORMAL_CACHE = 64;
  private static final int IDLE_SEGMENT_BYTES = 4 << 20;
  private static final int IDLE_SECONDS = 5;
  private static final int WAITING_HANDSHAKES = 4_096;
  private static final int TERMINATION_SECONDS = 10;

  private EngineResources() {}

  /**
   * For datagrams: chunks of 1 MiB, and caches for event loops alone. A thread that allocates keeps
   * the pool it has used for as long as it lives, so where event loops are the host's the pool is
   * not the engine's but Netty's.
   */
  static ByteBufAllocator allocator(EngineConfiguration configuration) {
    if (!configuration.egress().pooledBuffers()) {
      return new UnpooledByteBufAllocator(true);
    }
    return configuration.eventLoops() != null
        ? PooledByteBufAllocator.DEFAULT
        : new PooledByteBufAllocator(
            true,
            1,
            configuration.network().eventLoops(),
            PAGE_BYTES,
            CHUNK_ORDER,
            SMALL_CACHE,
            NORMAL_CACHE,
            false);
  }

  /** for the logs */
  static SegmentPool segments(EngineConfiguration configuration) {
    return new SegmentPool(configuration.egress().pooledBuffers() ? IDLE_SEGMENT_BYTES : 0);
  }

  /**
   * Threads that end when there is nothing to compute, and that media goes before: where the JVM is
   * told to heed priorities, the kernel heeds them too.
   */
  static ThreadPoolExecutor handshakes(int threads) {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING_HANDSHAKES),
            new DefaultThreadFactory("sluice-handshake", true, Thread.MIN_PRIORITY));
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  static void awaitTermination(ThreadPoolExecutor executor) {
    try {
      executor.awaitTermination(TERMINATION_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** candidate attributes for the addresses that were bound, of TCP only if that is there */
  static List<String> candidates(
      NetworkOptions network, InetSocketAddress udp, @Nullable InetSocketAddress tcp) {
    List<String> candidates =
        new ArrayList<>(HostCandidates.attributes(advertised(network, udp), udp.getPort()));
    if (tcp != null) {
      candidates.addAll(
          HostCandidates.passiveTcpAttributes(advertised(network, tcp), tcp.getPort()));
    }
    return candidates;
  }

  private static List<InetAddress> advertised(NetworkOptions network, InetSocketAddress bound) {
    List<InetAddress> local =
        bound.getAddress().isAnyLocalAddress()
            ? interfaceAddresses(bound.getAddress() instanceof Inet4Address)
            : List.of(bound.getAddress());
    return HostCandidates.advertised(local, network.publicAddresses(), false);
  }

  private static boolean isUp(NetworkInterface networkInterface) {
    try {
      return networkInterface.isUp();
    } catch (SocketException gone) {
      return false;
    }
  }

  private static List<InetAddress> interfaceAddresses(boolean onlyIpv4) {
    try {
      List<InetAddress> addresses = new ArrayList<>();
      NetworkInterface.networkInterfaces()
          .filter(EngineResources::isUp)
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !onlyIpv4 || address instanceof Inet4Address)
          .filter(address -> !address.isLinkLocalAddress() && !address.isMulticastAddress())
          .forEach(addresses::add);
      addresses.sort((a, b) -> Boolean.compare(a.isLoopbackAddress(), b.isLoopbackAddress()));
      return addresses;
    } catch (IOException e) {
      throw new UncheckedIOException("network interfaces cannot be listed", e);
    }
  }
}
