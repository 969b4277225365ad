package dev.sluice.benchmarks.load;

import dev.sluice.benchmarks.load.publish.RtspPublishers;
import dev.sluice.benchmarks.load.relay.RelaySet;
import dev.sluice.benchmarks.load.viewer.ViewerSwarm;
import dev.sluice.benchmarks.report.TimeChart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * One relay for a long time, while viewers join over lossy paths, say goodbye or vanish, and
 * publishers restart, are taken over and leave: {@code load soak [MINUTES]}. After each turn of
 * this, what the relay holds is looked at; it exits with 1 when that grows.
 */
@Command(name = "soak", description = "looks at what one relay holds over time")
final class Soak implements Callable<Integer> {
  private static final int STREAMS = 2;
  private static final int VIEWERS = 12;
  private static final int KILOBITS = 1_000;
  private static final int FRAME_RATE = 30;
  private static final double LOSS = 0.02;
  private static final int WATCH_MILLIS = 2_500;
  private static final int PAUSE_MILLIS = 1_000;
  private static final int LOOPS = 2;
  private static final List<String> JVM_FLAGS = List.of("-Xmx256m", "-XX:+UseSerialGC");
  private static final double MEGABYTE = 1 << 20;

  @Parameters(
      arity = "0..1",
      paramLabel = "MINUTES",
      defaultValue = "10",
      description = "how long (${DEFAULT-VALUE})")
  private double minutes;

  private final long start = System.nanoTime();
  private final List<SoakSample> samples = new ArrayList<>();
  private int turns;

  /**
   * Runs as long as is said.
   *
   * @return 1 when what the relay holds grows
   */
  @Override
  public Integer call() throws InterruptedException, IOException {
    try (Relay relay = Relay.start(JVM_FLAGS, RelaySet.RESILIENT, LOOPS)) {
      System.out.println(SoakSample.HEADING);
      while (elapsed() < minutes) {
        sample(relay, turn(relay));
      }
    }
    List<String> problems = Flatness.problems(samples);
    problems.forEach(System.out::println);
    System.out.println("chart: " + draw());
    return problems.isEmpty() ? 0 : 1;
  }

  private double elapsed() {
    return (System.nanoTime() - start) / 60e9;
  }

  /** returns how many frames viewers got */
  private long turn(Relay relay) throws InterruptedException, IOException {
    turns++;
    relay.push(STREAMS, KILOBITS, FRAME_RATE);
    try (ViewerSwarm swarm = new ViewerSwarm(1, LOSS)) {
      for (int i = 0; i < VIEWERS; i++) {
        swarm.join(i % STREAMS, true, relay.player(i % STREAMS));
      }
      Thread.sleep(WATCH_MILLIS);
      RtspPublishers encoder =
          new RtspPublishers(relay.rtspPort(), STREAMS, KILOBITS, FRAME_RATE); // takes over
      Thread.sleep(WATCH_MILLIS);
      long frames = swarm.totals().frames();
      if (turns % 2 == 0) {
        swarm.vanish();
      } else {
        swarm.leave();
      }
      encoder.close();
      return frames;
    }
  }

  private void sample(Relay relay, long frames) throws InterruptedException {
    Thread.sleep(PAUSE_MILLIS);
    double heap = relay.heapAfterCollection();
    SoakSample sample =
        new SoakSample(
            elapsed(),
            heap / MEGABYTE,
            relay.statistics().getOrDefault("direct", 0L) / MEGABYTE,
            relay.usage().threads(),
            relay.descriptors(),
            frames);
    samples.add(sample);
    System.out.println(sample.row());
  }

  private Path draw() throws IOException {
    Path file = Files.createDirectories(Path.of("target", "load")).resolve("soak.svg");
    String subtitle =
        String.format(
            Locale.ROOT,
            "%d turns of %d viewers with 2 %% loss, java %s",
            turns,
            VIEWERS,
            Runtime.version());
    return Files.writeString(
        file,
        TimeChart.of(
            "Soak: what the relay holds after each turn",
            subtitle,
            samples.stream().map(SoakSample::minutes).toList(),
            List.of(
                series("heap after collection, MB", SoakSample::heapMegabytes),
                series("direct memory, MB", SoakSample::directMegabytes),
                series("threads", sample -> (double) sample.threads()),
                series("descriptors", sample -> (double) sample.descriptors()))));
  }

  private TimeChart.Series series(String label, Function<SoakSample, Double> figure) {
    return new TimeChart.Series(label, samples.stream().map(figure).toList());
  }
}
