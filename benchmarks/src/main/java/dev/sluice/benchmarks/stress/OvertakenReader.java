package dev.sluice.benchmarks.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The writer overtakes a reader in a ring that holds a few packets and cannot grow. */
@JCStressTest
@Outcome(id = "[01], [01]", expect = Expect.ACCEPTABLE, desc = "whole, or known to be lost")
@Outcome(expect = Expect.FORBIDDEN, desc = "torn, and not noticed")
@State
public class OvertakenReader {
  private final StressedLog log = new StressedLog(64, 64);

  public OvertakenReader() {
    log.append(4);
  }

  @Actor
  public void writer() {
    log.append(4);
  }

  @Actor
  public void reader(II_Result result) {
    result.r1 = log.read(log.log.head());
    result.r2 = log.read(log.log.tail() - 1);
  }
}
