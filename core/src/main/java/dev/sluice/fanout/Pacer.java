package dev.sluice.fanout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** Has fan-outs of one event loop go on after a {@link Burst}'s span, all with one timer. */
public final class Pacer implements Runnable {
  private final Executor afterSpan;
  private final List<Fanout> fanouts = new ArrayList<>();

  /**
   * Makes a pacer.
   *
   * @param afterSpan runs a task on the event loop, {@link Burst#SPAN_NANOS} later
   */
  public Pacer(Executor afterSpan) {
    this.afterSpan = afterSpan;
  }

  void again(Fanout fanout) {
    if (fanouts.isEmpty()) {
      afterSpan.execute(this);
    }
    if (!fanouts.contains(fanout)) {
      fanouts.add(fanout);
    }
  }

  @Override
  public void run() {
    fanouts.forEach(Fanout::goOn);
    fanouts.clear();
  }
}
