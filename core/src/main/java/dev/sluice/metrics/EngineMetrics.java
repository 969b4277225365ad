package dev.sluice.metrics;

import dev.sluice.DisconnectReason;
import dev.sluice.EngineStatistics;
import dev.sluice.JoinPhase;
import dev.sluice.LoopStatistics;
import dev.sluice.RelayEngine;
import dev.sluice.RelayListener;
import dev.sluice.TimeHistogram;
import dev.sluice.Viewer;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * Gives an engine's figures to Micrometer. Names follow its conventions and begin with {@code
 * sluice.}; counters are totals of the engine, which never fall. Nothing is tagged by stream or
 * viewer, since strangers can make as many of those as they like.
 *
 * <pre>{@code
 * new EngineMetrics(engine).bindTo(registry);
 * }</pre>
 */
@SuppressWarnings("exports") // Micrometer is the host's
public final class EngineMetrics implements MeterBinder {
  private final RelayEngine engine;
  private final Iterable<Tag> tags;
  private final Snapshots snapshots;

  /**
   * Prepares meters.
   *
   * @param engine whose figures they show
   */
  public EngineMetrics(RelayEngine engine) {
    this(engine, List.of());
  }

  /**
   * Prepares meters with tags, to tell several engines apart.
   *
   * @param engine whose figures they show
   * @param tags of every meter
   */
  public EngineMetrics(RelayEngine engine, Iterable<Tag> tags) {
    this(engine, tags, System::nanoTime);
  }

  EngineMetrics(RelayEngine engine, Iterable<Tag> tags, LongSupplier clock) {
    this.engine = engine;
    this.tags = tags;
    snapshots = new Snapshots(engine::statistics, clock);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    gauge("sluice.streams", "Streams with a publisher or viewers", EngineStatistics::streams)
        .register(registry);
    gauge("sluice.viewers", "Sessions of viewers", EngineStatistics::viewers).register(registry);
    gauge("sluice.tcp.connections", "ICE-TCP connections", all -> all.iceTcp().connections())
        .register(registry);
    EngineCounter.ALL.forEach(counter -> counter(counter).register(registry));
    for (DisconnectReason reason : DisconnectReason.values()) {
      disconnects(reason).register(registry);
    }
    for (LoopStatistics loop : engine.health().loops()) {
      lastTurn(loop.name()).register(registry);
    }
    engine.addListener(new FirstFrames(firstFrames().register(registry), snapshots));
  }

  private Gauge.Builder<Snapshots> gauge(
      String name, String description, ToLongFunction<EngineStatistics> in) {
    return Gauge.builder(name, snapshots, all -> in.applyAsLong(all.get()))
        .description(description)
        .tags(tags);
  }

  private FunctionCounter.Builder<Snapshots> counter(EngineCounter counter) {
    return FunctionCounter.builder(
            counter.meter(), snapshots, all -> counter.in().applyAsLong(all.get()))
        .baseUnit(counter.unit())
        .description(counter.description())
        .tags(tags);
  }

  private FunctionCounter.Builder<Snapshots> disconnects(DisconnectReason reason) {
    return FunctionCounter.builder(
            "sluice.viewers.disconnected",
            snapshots,
            all -> all.get().viewerTotals().disconnected().getOrDefault(reason, 0L))
        .description("Viewers that are gone")
        .tags(tags)
        .tag("reason", reason.name().toLowerCase(Locale.ROOT));
  }

  private TimeGauge.Builder<Snapshots> lastTurn(String loop) {
    return TimeGauge.builder(
            "sluice.loop.idle", snapshots, TimeUnit.NANOSECONDS, all -> sinceLastTurn(all, loop))
        .description("Time since an event loop had a turn; at rest it has one a second")
        .tags(tags)
        .tag("loop", loop);
  }

  private static double sinceLastTurn(Snapshots all, String loop) {
    return all.get().loops().stream()
        .filter(each -> each.name().equals(loop))
        .mapToLong(each -> each.sinceLastTurn().toNanos())
        .findFirst()
        .orElse(0);
  }

  private Timer.Builder firstFrames() {
    return Timer.builder("sluice.first.frame")
        .description("From a viewer's offer until its first picture was sent")
        .serviceLevelObjectives(TimeHistogram.BOUNDS.toArray(Duration[]::new))
        .tags(tags);
  }

  /** Registries hold what they read weakly, so the engine, which holds its listeners, keeps it. */
  private record FirstFrames(Timer timer, Snapshots kept) implements RelayListener {
    @Override
    public void firstFrameSent(Viewer viewer) {
      Duration time = viewer.statistics().joined().get(JoinPhase.FIRST_FRAME);
      if (time != null) {
        timer.record(time);
      }
    }
  }
}
