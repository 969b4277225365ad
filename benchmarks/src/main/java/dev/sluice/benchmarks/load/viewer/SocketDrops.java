package dev.sluice.benchmarks.load.viewer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Reads how many datagrams found no room in sockets, as the kernel of Linux counts them. */
final class SocketDrops {
  private static final Path TABLE = Path.of("/proc/self/net/udp");
  private static final int LOCAL_ADDRESS = 1;
  private static final int DROPS = 12;
  private static final int HEXADECIMAL = 16;

  private SocketDrops() {}

  /** sum over the open UDP sockets on these ports; 0 where the kernel does not tell */
  static long of(Set<Integer> ports) {
    if (!Files.isReadable(TABLE)) {
      return 0;
    }
    try {
      return Files.readAllLines(TABLE).stream()
          .skip(1)
          .map(line -> line.trim().split("\\s+"))
          .filter(fields -> ports.contains(port(fields[LOCAL_ADDRESS])))
          .mapToLong(fields -> Long.parseLong(fields[DROPS]))
          .sum();
    } catch (IOException e) {
      return 0;
    }
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.indexOf(':') + 1), HEXADECIMAL);
  }
}
