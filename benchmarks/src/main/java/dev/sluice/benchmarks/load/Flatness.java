package dev.sluice.benchmarks.load;

import dev.sluice.benchmarks.report.Median;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Whether a relay holds no more at the end than it did once it was warm: the median of the last
 * third of the samples is compared with that of the second.
 */
final class Flatness {
  static final int FEWEST_SAMPLES = 6;
  private static final double SHARE = 0.1;
  private static final double MEGABYTES = 2;
  private static final double THREADS = 2;
  private static final double DESCRIPTORS = 4;

  private final List<SoakSample> before;
  private final List<SoakSample> after;
  private final List<String> growth = new ArrayList<>();

  private Flatness(List<SoakSample> samples) {
    int third = samples.size() / 3;
    before = samples.subList(samples.size() - 2 * third, samples.size() - third);
    after = samples.subList(samples.size() - third, samples.size());
  }

  /** {@return what has grown, or did not work at all; empty when all is well} */
  static List<String> problems(List<SoakSample> samples) {
    if (samples.size() < FEWEST_SAMPLES) {
      return List.of("too short: " + samples.size() + " samples");
    }
    Flatness flatness = new Flatness(samples);
    flatness.compare("heap", SoakSample::heapMegabytes, MEGABYTES);
    flatness.compare("direct memory", SoakSample::directMegabytes, MEGABYTES);
    flatness.compare("threads", SoakSample::threads, THREADS);
    flatness.compare("descriptors", SoakSample::descriptors, DESCRIPTORS);
    samples.stream()
        .filter(sample -> sample.frames() == 0)
        .forEach(sample -> flatness.growth.add("no frame before minute " + sample.minutes()));
    return flatness.growth;
  }

  private void compare(String what, ToDoubleFunction<SoakSample> figure, double allowance) {
    double then = median(before, figure);
    double now = median(after, figure);
    if (now > then * (1 + SHARE) + allowance) {
      growth.add(String.format(Locale.ROOT, "%s grew from %.1f to %.1f", what, then, now));
    }
  }

  private static double median(List<SoakSample> samples, ToDoubleFunction<SoakSample> figure) {
    return Median.of(samples.stream().mapToDouble(figure).toArray());
  }
}
