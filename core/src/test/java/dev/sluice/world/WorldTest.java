package dev.sluice.world;

import static dev.sluice.world.Network.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Publishers and viewers come, go, move and fail on bad networks, and what must hold holds. The
 * name of a run is its seed; {@code -Dsluice.world.seed=N} begins there, {@code
 * -Dsluice.world.seeds=N} tells how many are run.
 */
class WorldTest {
  private static final long DURATION = 40 * SECOND;

  static LongStream seeds() {
    return LongStream.range(0, Long.getLong("sluice.world.seeds", 3))
        .map(i -> Long.getLong("sluice.world.seed", 1) + i);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void shouldKeepToItsRules(long seed) {
    World world = new World(seed);
    world.run(DURATION);
    long packets = world.sent.packets();
    long repeats = world.sent.repeats();
    world.end();
    assertThat(packets).isGreaterThan(10_000);
    assertThat(repeats).isBetween(packets / 1_000, packets / 2);
    assertThat(world.watchers()).allMatch(watcher -> watcher.pictures() > 0);
  }
}
