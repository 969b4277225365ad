package dev.sluice.benchmarks.load;

/** The parts of a relay's first minute under load that have figures of their own. */
enum FirstMinute {
  JOINING(10, Metric.CPU_MILLION_10, Metric.COMPILER_MILLION_10),
  COMPILING(30, Metric.CPU_MILLION_30, Metric.COMPILER_MILLION_30),
  SETTLING(60, Metric.CPU_MILLION_60, Metric.COMPILER_MILLION_60);

  private final int endSeconds;
  private final Metric cpu;
  private final Metric compiler;

  FirstMinute(int endSeconds, Metric cpu, Metric compiler) {
    this.endSeconds = endSeconds;
    this.cpu = cpu;
    this.compiler = compiler;
  }

  /** from the first viewer's offer on */
  int endSeconds() {
    return endSeconds;
  }

  /** CPU a million packets */
  Metric cpu() {
    return cpu;
  }

  /** of it the compiler's */
  Metric compiler() {
    return compiler;
  }
}
