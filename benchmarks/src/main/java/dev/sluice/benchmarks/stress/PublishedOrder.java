package dev.sluice.benchmarks.stress;

import dev.sluice.log.PacketLog;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A reader that sees a position published sees its packet, and positions only grow. */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "every packet before the tail is whole")
@Outcome(expect = Expect.FORBIDDEN, desc = "published before it was written, or out of order")
@State
public class PublishedOrder {
  private final StressedLog log = new StressedLog(512, 512);

  @Actor
  public void writer() {
    log.append(8);
  }

  @Actor
  public void reader(II_Result result) {
    PacketLog packets = log.log;
    result.r1 = StressedLog.WHOLE;
    result.r2 = 1;
    long seen = 0;
    for (int turn = 0; turn < 8; turn++) {
      long tail = packets.tail();
      if (tail < seen) {
        result.r2 = 0;
      }
      for (; seen < tail; seen++) {
        result.r1 = log.read(seen) == StressedLog.WHOLE ? result.r1 : StressedLog.TORN;
      }
    }
  }
}
