package dev.sluice.benchmarks.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The ring is replaced by a larger one under its reader. */
@JCStressTest
@Outcome(id = "[01], [01]", expect = Expect.ACCEPTABLE, desc = "whole, or known to be lost")
@Outcome(expect = Expect.FORBIDDEN, desc = "torn, and not noticed")
@State
public class GrowingLog {
  private final StressedLog log = new StressedLog(16, 256);

  public GrowingLog() {
    log.append(1);
  }

  @Actor
  public void writer() {
    log.append(6);
  }

  @Actor
  public void reader(II_Result result) {
    result.r1 = log.read(log.log.head());
    result.r2 = log.read(log.log.tail() - 1);
  }
}
