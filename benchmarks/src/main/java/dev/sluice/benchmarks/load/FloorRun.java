package dev.sluice.benchmarks.load;

import dev.sluice.benchmarks.load.relay.FloorMain;
import dev.sluice.benchmarks.load.viewer.Drain;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measures the floor: the same packets to as many receivers at the same pace. */
final class FloorRun {
  private final Scenario scenario;
  private final Progress progress;

  FloorRun(Scenario scenario, Progress progress) {
    this.scenario = scenario;
    this.progress = progress;
  }

  /** CPU seconds a million packets, compilation left out */
  double run() throws InterruptedException {
    String loops = Integer.toString(scenario.variants().get(0).relayLoops());
    try (ChildProcess floor =
            ChildProcess.start(FloorMain.class, scenario.jvmFlags(), List.of(loops));
        Drain drain = new Drain(scenario.allViewers(), scenario.viewerLoops())) {
      List<Object> command =
          new ArrayList<>(
              List.of("start", scenario.streams(), scenario.kilobits(), scenario.frameRate()));
      command.addAll(drain.ports());
      floor.command(command.toArray());
      pause(
          "warming up",
          scenario.trialSeconds() + scenario.settleSeconds() + scenario.warmUpSeconds());
      double cpuMillion = measure(floor, drain);
      floor.command("stop");
      return cpuMillion;
    }
  }

  private double measure(ChildProcess floor, Drain drain) throws InterruptedException {
    long self = ProcessHandle.current().pid();
    ProcessUsage before = ProcessUsage.of(floor.pid());
    ProcessUsage receiversBefore = ProcessUsage.of(self);
    long sentBefore = sent(floor);
    pause("measuring", scenario.seconds());
    double cpu = ProcessUsage.of(floor.pid()).steadySecondsSince(before);
    double receivers = ProcessUsage.of(self).cpuSeconds() - receiversBefore.cpuSeconds();
    long packets = sent(floor) - sentBefore;
    if (drain.error() != null) {
      throw new IllegalStateException("a receiver of the floor", drain.error());
    }
    progress.say(
        String.format(
            Locale.ROOT,
            "%,d packets sent, %d of them found no room; the receivers used %.1f %% of a core",
            packets,
            drain.socketDrops(),
            receivers / scenario.seconds() * 100));
    return cpu / packets * 1e6;
  }

  private static long sent(ChildProcess floor) {
    return Long.parseLong(floor.command("packets"));
  }

  private void pause(String what, double seconds) throws InterruptedException {
    progress.say(String.format(Locale.ROOT, "%s, %.1f s", what, seconds));
    Thread.sleep((long) (seconds * 1_000));
  }
}
