package dev.sluice.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * CPU time and allocation of the benchmark's own thread, and CPU time of the whole process, per
 * operation. On a machine that others use as well, CPU time says more than the time on the clock.
 */
public final class WorkerProfiler implements InternalProfiler {
  /** CPU time of the benchmark's thread, in nanoseconds per operation */
  public static final String WORKER_CPU = "worker.cpu";

  /** bytes that the benchmark's thread allocated per operation */
  public static final String WORKER_ALLOCATED = "worker.alloc";

  /** CPU time of the process, in nanoseconds per operation */
  public static final String PROCESS_CPU = "process.cpu";

  /** what the names of benchmarks' threads contain */
  static final String WORKER = "-jmh-worker-";

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final com.sun.management.OperatingSystemMXBean system =
      (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private Usage before = new Usage(0, 0, 0);

  /** Made by JMH. */
  public WorkerProfiler() {}

  @Override
  public String getDescription() {
    return "CPU time and allocation of the benchmark's thread";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = usage();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    Usage after = usage();
    double operations = Math.max(1, result.getMetadata().getMeasuredOps());
    return List.of(
        scalar(WORKER_CPU, (after.workerNanos - before.workerNanos) / operations, "ns/op"),
        scalar(WORKER_ALLOCATED, (after.workerBytes - before.workerBytes) / operations, "B/op"),
        scalar(PROCESS_CPU, (after.processNanos - before.processNanos) / operations, "ns/op"));
  }

  private Usage usage() {
    long nanos = 0;
    long bytes = 0;
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().contains(WORKER)) {
        nanos += threads.getThreadCpuTime(thread.getThreadId());
        bytes += threads.getThreadAllocatedBytes(thread.getThreadId());
      }
    }
    return new Usage(nanos, bytes, system.getProcessCpuTime());
  }

  private static ScalarResult scalar(String label, double value, String unit) {
    return new ScalarResult(label, value, unit, AggregationPolicy.AVG);
  }

  private record Usage(long workerNanos, long workerBytes, long processNanos) {}
}
