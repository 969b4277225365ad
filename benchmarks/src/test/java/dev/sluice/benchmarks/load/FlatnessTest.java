package dev.sluice.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FlatnessTest {
  private static final int SAMPLES = 30;

  @Test
  void shouldTakeNoiseAndAWarmUpForFlat() {
    assertThat(problems(i -> sample(20 + Math.min(i, 9) + i % 3, 20, 40 + i % 2, 300))).isEmpty();
  }

  @Test
  void shouldTellOfWhatGrows() {
    assertThat(problems(i -> sample(20 + i, 20, 40, 300)))
        .containsExactly("heap grew from 34.5 to 44.5");
    assertThat(problems(i -> sample(20, 20 + i, 40, 300))).hasSize(1);
    assertThat(problems(i -> sample(20, 20, 20 + i, 300))).hasSize(1);
  }

  @Test
  void shouldTellOfAStandstill() {
    assertThat(problems(i -> sample(20, 20, 40, i == 7 ? 0 : 300)))
        .containsExactly("no frame before minute 1.0");
  }

  @Test
  void shouldNotJudgeByAFewSamples() {
    assertThat(Flatness.problems(List.of(sample(20, 20, 40, 300)))).hasSize(1);
  }

  private static List<String> problems(IntFunction<SoakSample> sample) {
    return Flatness.problems(IntStream.range(0, SAMPLES).mapToObj(sample).toList());
  }

  private static SoakSample sample(double heap, double direct, int threads, long frames) {
    return new SoakSample(1, heap, direct, threads, 12, frames);
  }
}
