package dev.sluice.fanout;

import static dev.sluice.fanout.TrackSenderSetup.MILLISECOND;
import static dev.sluice.fanout.TrackSenderSetup.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rate.BitrateHint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the publisher of a 4 Mbit/s stream hears of its viewers' links, and what follows. */
class BitrateReportsTest {
  private static final long STREAM = 4_000_000;
  private static final long SUB_STREAM = 500_000;
  private static final long FAST = 20_000_000;
  private static final int GROUP = 60;

  private final LinkedWorld world = new LinkedWorld(GROUP, STREAM);

  @Test
  void shouldSayNothingWhileLinksAreFast() {
    LinkedPublisher publisher = world.publisher(0).listening(true, false);
    world.viewer(FAST);
    world.runUntil(20 * SECOND);
    assertThat(publisher.hints).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1_000_000, 1_400_000, 2_500_000})
  void shouldHaveAnEncoderFollowTheLinkOfItsOnlyViewer(long rate) {
    LinkedPublisher publisher = world.publisher(0).listening(true, false);
    LinkedViewer viewer = world.viewer(FAST);
    world.runUntil(5 * SECOND);
    viewer.link.rate(rate);
    world.runUntil(9 * SECOND);
    assertThat(publisher.bitrate()).isLessThan(rate);
    world.runUntil(40 * SECOND);
    assertThat(publisher.hints).allMatch(hint -> hint > 0.4 * rate && hint < 1.1 * rate);
    assertThat(viewer.shareShown(12 * SECOND, 39 * SECOND)).isGreaterThan(0.98);
    assertThat(viewer.greatestBehind(12 * SECOND, 39 * SECOND)).isLessThan(600 * MILLISECOND);
  }

  @Test
  void shouldGiveTheWholeBitRateBackWhenTheLinkCarriesItAgain() {
    LinkedPublisher publisher = world.publisher(0).listening(true, false);
    LinkedViewer viewer = world.viewer(1_400_000);
    world.runUntil(15 * SECOND);
    viewer.link.rate(FAST);
    world.runUntil(25 * SECOND);
    assertThat(publisher.bitrate()).isEqualTo(STREAM);
    world.runUntil(40 * SECOND);
    assertThat(publisher.hints).endsWith(BitrateHint.UNLIMITED);
    assertThat(publisher.hints).containsOnlyOnce(BitrateHint.UNLIMITED);
  }

  @Test
  void shouldTellSeldomWhereTheSourceDoesNotFollow() {
    LinkedPublisher publisher = world.publisher(0).listening(false, false);
    world.viewer(1_400_000);
    world.runUntil(31 * SECOND);
    assertThat(publisher.hints).hasSizeBetween(1, 30).doesNotContain(BitrateHint.UNLIMITED);
  }

  @Test
  void shouldNotLimitTheSourceForOneSlowViewer() {
    LinkedPublisher publisher = world.publisher(0).listening(true, false);
    world.viewer(FAST);
    world.viewer(1_400_000);
    world.runUntil(20 * SECOND);
    assertThat(publisher.hints).isEmpty();
  }

  @Test
  void shouldLimitTheSourceForOneSlowViewerWhereThatIsWanted() {
    LinkedPublisher publisher = world.publisher(0).listening(true, true);
    world.viewer(FAST);
    LinkedViewer slow = world.viewer(1_400_000);
    world.runUntil(20 * SECOND);
    assertThat(publisher.bitrate()).isLessThan(1_500_000);
    assertThat(slow.shareShown(8 * SECOND, 19 * SECOND)).isGreaterThan(0.98);
  }

  @Test
  void shouldEndTheLimitWhenNobodyWatches() {
    LinkedPublisher publisher = world.publisher(0).listening(true, false);
    LinkedViewer viewer = world.viewer(1_400_000);
    world.runUntil(10 * SECOND);
    assertThat(publisher.bitrate()).isLessThan(STREAM);
    world.leave(viewer);
    assertThat(publisher.bitrate()).isEqualTo(STREAM);
  }

  @Test
  void shouldNotCountAViewerOfASmallerRendition() {
    LinkedWorld renditions = new LinkedWorld(GROUP, STREAM, SUB_STREAM);
    LinkedPublisher large = renditions.publisher(0).listening(true, false);
    LinkedPublisher small = renditions.publisher(1).listening(true, false);
    LinkedViewer viewer = renditions.viewer(FAST);
    renditions.runUntil(5 * SECOND);
    viewer.link.rate(1_000_000);
    renditions.runUntil(30 * SECOND);
    assertThat(viewer.sender.track()).isSameAs(small.track);
    assertThat(large.bitrate()).isEqualTo(STREAM);
    assertThat(small.hints).isEmpty();
  }

  @Test
  void shouldNotTakeALinkThatIsDownForASlowOne() {
    LinkedPublisher publisher = world.answeringKeyframeRequests().publisher(0);
    publisher.listening(true, false);
    LinkedViewer viewer = world.viewer(FAST);
    world.runUntil(5 * SECOND);
    viewer.setDown(true);
    world.runUntil(20 * SECOND);
    assertThat(publisher.hints).isEmpty();
  }
}
