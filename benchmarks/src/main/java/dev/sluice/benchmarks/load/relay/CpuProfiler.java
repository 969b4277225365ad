package dev.sluice.benchmarks.load.relay;

import java.io.IOException;
import java.nio.file.Path;
import one.profiler.AsyncProfiler;
import one.profiler.AsyncProfilerLoader;

/** Samples this process's CPU time with async-profiler, kernel included where it is allowed. */
final class CpuProfiler {
  private static final String INTERVAL = "500us";

  private CpuProfiler() {}

  static String start() throws IOException {
    AsyncProfiler profiler = AsyncProfilerLoader.load();
    try {
      return profiler.execute("start,threads,event=cpu,interval=" + INTERVAL).trim();
    } catch (IllegalStateException noKernelEvents) {
      return profiler.execute("start,threads,event=ctimer,interval=" + INTERVAL).trim();
    }
  }

  /** writes a line for each stack: frames, outermost first, and a count */
  static String stop(Path file) throws IOException {
    return AsyncProfilerLoader.load().execute("stop,collapsed,threads,file=" + file).trim();
  }
}
