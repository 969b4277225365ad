package dev.sluice.fanout;

import static dev.sluice.fanout.TrackSenderSetup.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sound of 64 kbit/s beside a picture of 500 kbit/s, over links that carry less than sound. */
class SoundTest {
  private static final long FAST = 20_000_000;
  private static final int GROUP = 60;

  @ParameterizedTest
  @CsvSource({"10000, 0.12", "20000, 0.3", "40000, 0.6"})
  void shouldComeInRunsAndBeWholeAgainFirst(long rate, double share) {
    LinkedWorld world = new LinkedWorld(GROUP, 500_000).withSound(64_000);
    LinkedViewer viewer = world.viewer(FAST);
    LinkedViewer sound = viewer.beside;
    world.runUntil(5 * SECOND);
    viewer.link.queue(2 * SECOND).rate(rate);
    world.runUntil(20 * SECOND);
    long dropped = viewer.link.dropped();
    for (int second = 21; second <= 45; second++) {
      world.runUntil(second * SECOND);
      assertThat(viewer.link.queueNanos()).isLessThan(4 * SECOND);
    }
    assertThat(viewer.link.dropped()).isEqualTo(dropped);
    assertThat(sound.shareShown(20 * SECOND, 44 * SECOND)).isGreaterThan(share);
    assertThat(viewer.shareShown(20 * SECOND, 44 * SECOND)).isLessThan(0.01);
    assertThat(sound.sender.fit().withheld()).isPositive();

    viewer.link.rate(FAST);
    world.runUntil(65 * SECOND);
    assertThat(sound.shareShown(48 * SECOND, 64 * SECOND)).isGreaterThan(0.99);
    assertThat(viewer.firstShown(45 * SECOND)).isLessThan(60 * SECOND);
    assertThat(sound.sender.fit().isThinned()).isFalse();
  }
}
