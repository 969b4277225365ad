package dev.sluice.rate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What rate control keeps for a viewer whose stream is thinned. */
class RateFootprintTest {
  private static final int SESSIONS = 10_000;
  private static final long MOST_BYTES = 4_096;

  private record Session(GccEstimator estimator, Thinning thinning, SkippedRuns runs) {
    Session() {
      this(new GccEstimator(Simulation.LIMITS), new Thinning(1), new SkippedRuns(0, 0));
      runs.skip(1, 2);
    }
  }

  @Test
  void shouldKeepLessThanFourKilobytesAViewer() {
    List<Session> sessions = new ArrayList<>(SESSIONS);
    sessions.add(new Session());
    long before = used();
    while (sessions.size() < SESSIONS) {
      sessions.add(new Session());
    }
    long bytes = (used() - before) / (SESSIONS - 1);

    assertThat(sessions).hasSize(SESSIONS);
    assertThat(bytes).isBetween(2_048L, MOST_BYTES);
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      runtime.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
