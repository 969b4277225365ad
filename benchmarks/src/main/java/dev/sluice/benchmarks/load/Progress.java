package dev.sluice.benchmarks.load;

import java.io.PrintStream;
import java.util.Locale;

/** Says on a stream, line by line, what goes on. */
final class Progress {
  private final PrintStream out;
  private final long start = System.nanoTime();
  private String prefix = "";

  Progress(PrintStream out) {
    this.out = out;
  }

  void stage(String stage) {
    prefix = stage + ": ";
  }

  void say(String what) {
    out.printf(Locale.ROOT, "[%5.1f s] %s%s%n", (System.nanoTime() - start) / 1e9, prefix, what);
  }
}
