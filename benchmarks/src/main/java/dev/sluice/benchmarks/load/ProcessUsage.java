package dev.sluice.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What the kernel knows of a process.
 *
 * @param userSeconds CPU time in user mode
 * @param systemSeconds CPU time in the kernel
 * @param residentBytes memory in RAM
 * @param threads of the process
 * @param cpuNanos CPU time of each thread that lives, by its name and number
 */
record ProcessUsage(
    double userSeconds,
    double systemSeconds,
    long residentBytes,
    int threads,
    Map<String, Long> cpuNanos) {

  /** what a thread of the relay is for, as its name says */
  enum Purpose {
    EVENT_LOOP("sluice-loop"),
    PUBLISHER("load-publisher"),
    COMPILER("C1 Compiler", "C2 Compiler"),
    COLLECTOR("VM Thread", "GC Thread", "G1 "),
    OTHER("");

    private final List<String> prefixes;

    Purpose(String... prefixes) {
      this.prefixes = List.of(prefixes);
    }

    static Purpose of(String threadName) {
      for (Purpose purpose : values()) {
        if (purpose.prefixes.stream().anyMatch(threadName::startsWith)) {
          return purpose;
        }
      }
      return OTHER;
    }
  }

  private static final double TICKS_A_SECOND = 100;
  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;

  static ProcessUsage of(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    try {
      String stat = Files.readString(process.resolve("stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      List<String> status = Files.readAllLines(process.resolve("status"));
      return new ProcessUsage(
          Long.parseLong(fields[USER_TICKS]) / TICKS_A_SECOND,
          Long.parseLong(fields[SYSTEM_TICKS]) / TICKS_A_SECOND,
          number(status, "VmRSS:") * 1_024,
          (int) number(status, "Threads:"),
          cpuNanos(process.resolve("task")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  double cpuSeconds() {
    return userSeconds + systemSeconds;
  }

  /** CPU seconds since an earlier reading */
  double secondsSince(ProcessUsage before, Purpose purpose) {
    return eachSince(before, purpose).sum();
  }

  /** CPU seconds of each such thread since an earlier reading */
  DoubleStream eachSince(ProcessUsage before, Purpose purpose) {
    return cpuNanos.entrySet().stream()
        .filter(thread -> Purpose.of(thread.getKey()) == purpose)
        .mapToDouble(
            thread ->
                (thread.getValue() - before.cpuNanos.getOrDefault(thread.getKey(), 0L)) / 1e9);
  }

  /** CPU seconds since an earlier reading but for compilation, which ends when packets go on */
  double steadySecondsSince(ProcessUsage before) {
    return cpuSeconds() - before.cpuSeconds() - secondsSince(before, Purpose.COMPILER);
  }

  private static long number(List<String> status, String name) {
    return status.stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }

  private static Map<String, Long> cpuNanos(Path tasks) throws IOException {
    Map<String, Long> nanos = new HashMap<>();
    try (Stream<Path> threads = Files.list(tasks)) {
      for (Path thread : (Iterable<Path>) threads::iterator) {
        try {
          String name = Files.readString(thread.resolve("comm")) + thread.getFileName();
          String onCpu = Files.readString(thread.resolve("schedstat")).split(" ")[0];
          nanos.put(name, Long.parseLong(onCpu));
        } catch (NoSuchFileException e) {
          // the thread ended meanwhile
        }
      }
    }
    return nanos;
  }
}
