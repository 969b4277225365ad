package dev.sluice.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * CPU time of the whole machine, summed over its processors.
 *
 * @param busySeconds of all that runs on it, and what its host took away
 * @param idleSeconds nobody wanted
 */
record MachineUsage(double busySeconds, double idleSeconds) {
  private static final double TICKS_A_SECOND = 100;
  private static final int USER = 1;
  private static final int IDLE = 4;
  private static final int IO_WAIT = 5;
  private static final int STEAL = 8;

  static MachineUsage now() throws IOException {
    String[] fields;
    try (var lines = Files.lines(Path.of("/proc/stat"))) {
      fields = lines.findFirst().orElseThrow().split(" +");
    }
    double all = seconds(fields, IntStream.rangeClosed(USER, STEAL));
    double idle = seconds(fields, IntStream.of(IDLE, IO_WAIT));
    return new MachineUsage(all - idle, idle);
  }

  private static double seconds(String[] fields, IntStream which) {
    return which.mapToLong(i -> Long.parseLong(fields[i])).sum() / TICKS_A_SECOND;
  }
}
