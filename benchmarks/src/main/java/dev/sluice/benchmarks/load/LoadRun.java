package dev.sluice.benchmarks.load;

import dev.sluice.benchmarks.load.relay.RelaySet;
import dev.sluice.benchmarks.load.viewer.ViewerSwarm;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs one variant once: starts the relay, ramps up, warms up, measures, checks, ends it. */
final class LoadRun {
  private static final int TRIAL_VIEWERS = 16;
  private static final double DRAIN_SECONDS = 0.7;
  private static final int JOINING_AT_A_TIME = 8;
  private static final int JOIN_TIMEOUT_SECONDS = 30;
  private static final double PROGRESS_SECONDS = 5;

  private final Scenario scenario;
  private final Variant variant;
  private final Progress progress;
  private final RunFigures figures;

  LoadRun(Scenario scenario, Variant variant, int round, Progress progress) {
    this.scenario = scenario;
    this.variant = variant;
    this.progress = progress;
    figures = new RunFigures(scenario, variant, round);
  }

  RunResult run() throws InterruptedException, ExecutionException, TimeoutException, IOException {
    try (LoadedRelay relay = start()) {
      if (!scenario.fromStart()) {
        trial(relay);
      }
      figures.idle(relay.heapAfterCollection(), relay.usage());
      if (relay instanceof Relay ours) {
        ours.enableMdns();
      }
      try (MdnsTraffic link = new MdnsTraffic(variant.mdnsRate());
          ViewerSwarm swarm = swarm(scenario.viewerLoops());
          ViewerSwarm slow = swarm(1)) {
        try (Closeable streams = relay.publish(scenario.streams(), scenario)) {
          pause("streams settle", scenario.settleSeconds());
          figures.published(relay.heapAfterCollection());
          Reading start = reading(swarm, slow, relay);
          join(swarm, slow, relay);
          if (scenario.fromStart()) {
            firstMinute(start, swarm, slow, relay);
          }
          if (scenario.saturated() && relay instanceof Relay ours) {
            ours.saturate();
          }
          pause("warming up", scenario.warmUpSeconds());
          measure(swarm, slow, relay);
          if (variant.joins() > 0) {
            storm(swarm, slow, relay);
          }
          if (relay instanceof Relay ours) {
            profile(ours);
          }
          figures.loaded(relay.heapAfterCollection(), relay.usage());
        }
        pause("draining", DRAIN_SECONDS);
        figures.finish(swarm.totals(), slow.totals(), relay.statistics(), swarm.socketDrops());
      }
    }
    return figures.result();
  }

  private LoadedRelay start() {
    WhepServer server = variant.server();
    return server == null ? Relay.start(scenario, variant) : server;
  }

  /**
   * a few viewers of one stream, so that code is loaded and compiled before anything is measured
   */
  private void trial(LoadedRelay relay)
      throws InterruptedException, ExecutionException, TimeoutException, IOException {
    try (Closeable stream = relay.publish(1, scenario);
        ViewerSwarm swarm = swarm(1)) {
      for (int i = 0; i < Math.min(TRIAL_VIEWERS, scenario.allViewers()); i++) {
        await(swarm.join(0, true, relay.player(0)));
      }
      pause("trial", scenario.trialSeconds());
      LossyNetwork.lose(0);
    }
    relay.awaitViewers(0);
  }

  /** the losses of the variant begin with it */
  private ViewerSwarm swarm(int loops) throws InterruptedException, IOException {
    LossyNetwork.lose(variant.loss());
    return new ViewerSwarm(
        loops, LossyNetwork.isHere() ? 0 : variant.loss(), scenario.srtpProfiles());
  }

  private void join(ViewerSwarm swarm, ViewerSwarm slow, LoadedRelay relay)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<CompletableFuture<Void>> joins = new ArrayList<>();
    for (int i = 0; i < scenario.allViewers(); i++) {
      int stream = i % scenario.streams();
      joins.add(
          variant.isSlow(i, scenario.allViewers())
              ? slow.joinBehind(Variant.SLOW_LINK, stream, relay.player(stream))
              : swarm.join(stream, scenario.isChecked(i), relay.player(stream)));
      if (joins.size() >= JOINING_AT_A_TIME) {
        await(joins.get(joins.size() - JOINING_AT_A_TIME));
      }
    }
    for (CompletableFuture<Void> join : joins) {
      await(join);
    }
    progress.say(scenario.allViewers() + " viewers connected");
    if (variant.set() == RelaySet.REFERENCE_BASELINE && relay instanceof Relay ours) {
      ours.awaitListeners(scenario.allViewers());
      progress.say("as many mDNS listeners opened");
    }
  }

  private void await(Future<Void> join)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      join.get(JOIN_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new TimeoutException(
          "no H.264 came to a viewer of "
              + variant.label()
              + " within "
              + JOIN_TIMEOUT_SECONDS
              + " s; look at what it logs");
    }
  }

  private void firstMinute(Reading start, ViewerSwarm swarm, ViewerSwarm slow, LoadedRelay relay)
      throws InterruptedException, IOException {
    Reading before = start;
    for (FirstMinute span : FirstMinute.values()) {
      double past = (System.nanoTime() - start.nanos()) / 1e9;
      pause("first minute", span.endSeconds() - past);
      Reading after = reading(swarm, slow, relay);
      figures.began(span, before, after);
      before = after;
    }
  }

  private void measure(ViewerSwarm swarm, ViewerSwarm slow, LoadedRelay relay)
      throws InterruptedException, IOException {
    swarm.beginWindow();
    figures.begin(reading(swarm, slow, relay));
    pause("measuring", scenario.seconds());
    figures.end(reading(swarm, slow, relay));
  }

  /** as long as was measured without it, in the same run */
  private void storm(ViewerSwarm swarm, ViewerSwarm slow, LoadedRelay relay)
      throws InterruptedException, IOException {
    try (ViewerSwarm visitors = new ViewerSwarm(1, 0, scenario.srtpProfiles())) {
      JoinStorm storm = new JoinStorm(visitors, relay.player(0), variant.joins());
      swarm.beginWindow();
      Reading before = reading(swarm, slow, relay);
      progress.say(variant.joins() + " joins a second");
      storm.run(scenario.seconds());
      Reading after = reading(swarm, slow, relay);
      figures.stormed(before, after, visitors.totals(), storm);
    }
    relay.awaitViewers(scenario.allViewers());
  }

  private static Reading reading(ViewerSwarm swarm, ViewerSwarm slow, LoadedRelay relay)
      throws InterruptedException, IOException {
    return new Reading(
        System.nanoTime(),
        swarm.totals(),
        slow.totals(),
        relay.statistics(),
        LossyNetwork.lost(),
        relay.usage(),
        ProcessUsage.of(ProcessHandle.current().pid()),
        MachineUsage.now());
  }

  /** on its own, since it costs */
  private void profile(Relay relay) throws InterruptedException, IOException {
    Path directory = scenario.profiles();
    if (directory != null) {
      relay.profile();
      pause("profiling", scenario.seconds());
      String name = scenario.name() + '-' + variant.label().replaceAll("\\W", "-");
      Path file = Files.createDirectories(directory).resolve(name + ".collapsed");
      figures.result().hotPaths(relay.profiled(file));
    }
  }

  private void pause(String what, double seconds) throws InterruptedException {
    double left = seconds;
    while (left > 0) {
      progress.say(String.format(Locale.ROOT, "%s, %.1f s", what, left));
      double next = Math.min(left, PROGRESS_SECONDS);
      Thread.sleep((long) (next * 1_000));
      left -= next;
    }
  }
}
