package dev.sluice.fanout;

import static dev.sluice.fanout.TrackSenderSetup.MILLISECOND;
import static dev.sluice.fanout.TrackSenderSetup.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two pictures of one viewer, whose keyframes come at the same moments, over one link. */
class SharedLinkTest {
  private static final long FAST = 20_000_000;
  private static final int GROUP = 60;

  @ParameterizedTest
  @CsvSource({"1400000, 0.38, 1100", "1000000, 0.18, 1500"})
  void shouldShowAsMuchOfOneAsOfTheOther(long rate, double share, long freezeMillis) {
    LinkedViewer viewer = slowed(1_000_000, rate);
    for (LinkedViewer each : List.of(viewer, viewer.beside)) {
      assertThat(each.shareShown(8 * SECOND, 24 * SECOND)).isGreaterThan(share);
      assertThat(each.longestFreeze(8 * SECOND, 24 * SECOND))
          .isLessThan(freezeMillis * MILLISECOND);
      assertThat(each.greatestBehind(8 * SECOND, 24 * SECOND)).isLessThan(800 * MILLISECOND);
      assertThat(each.sender.fit().isActive()).isFalse();
      assertThat(each.shareShown(30 * SECOND, 40 * SECOND)).isGreaterThan(0.99);
    }
    assertThat(viewer.link.dropped()).as("when it became slow").isLessThan(100);
  }

  @Test
  void shouldShowAllOfAPictureThatNeedsLessThanHalfTheLink() {
    LinkedViewer viewer = slowed(300_000, 1_000_000);
    assertThat(viewer.beside.shareShown(8 * SECOND, 24 * SECOND)).isGreaterThan(0.98);
    assertThat(viewer.beside.longestFreeze(8 * SECOND, 24 * SECOND)).isLessThan(300 * MILLISECOND);
    assertThat(viewer.shareShown(8 * SECOND, 24 * SECOND)).isGreaterThan(0.4);
    assertThat(viewer.receiver.orphans).isZero();
  }

  private LinkedViewer slowed(long second, long rate) {
    LinkedWorld world = new LinkedWorld(GROUP, 1_000_000).withPicture(GROUP, second);
    LinkedViewer viewer = world.viewer(FAST);
    world.runUntil(5 * SECOND);
    viewer.link.rate(rate);
    world.runUntil(25 * SECOND);
    viewer.link.rate(FAST);
    world.runUntil(41 * SECOND);
    return viewer;
  }
}
