package dev.sluice.fanout;

import static dev.sluice.fanout.TrackSenderSetup.MILLISECOND;
import static dev.sluice.fanout.TrackSenderSetup.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fanout.LinkedViewer.Move;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What viewers see of a stream that is published in several encodings. */
class RenditionSwitchTest {
  private static final long LARGE = 2_000_000;
  private static final long SMALL = 500_000;
  private static final long FAST = 20_000_000;
  private static final int GROUP = 60;

  private final LinkedWorld world = new LinkedWorld(GROUP, LARGE, SMALL);

  @Test
  void shouldLeaveAViewerOfAFastLinkAtTheBest() {
    LinkedViewer viewer = world.viewer(FAST);
    world.runUntil(20 * SECOND);
    assertThat(viewer.moves).isEmpty();
    assertThat(viewer.sender.fit().isActive()).isFalse();
    assertThat(viewer.shareShown(SECOND, 19 * SECOND)).isGreaterThan(0.99);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldGoDownSoonAndUpAgainWithoutAFreeze(boolean answersRequests) {
    if (answersRequests) {
      world.answeringKeyframeRequests();
    }
    LinkedViewer viewer = world.viewer(FAST);
    world.runUntil(5 * SECOND);
    viewer.link.rate(1_400_000);
    world.runUntil(25 * SECOND);
    viewer.link.rate(FAST);
    world.runUntil(45 * SECOND);

    assertThat(viewer.moves).extracting(Move::rendition).containsExactly("r1", "r0");
    assertThat(viewer.moves.get(0).atNanos()).isBetween(5 * SECOND, 7 * SECOND);
    assertThat(viewer.moves.get(1).atNanos()).isBetween(25 * SECOND, 31 * SECOND);
    assertThat(viewer.longestFreeze(3 * SECOND, 44 * SECOND)).isLessThan(300 * MILLISECOND);
    assertThat(viewer.greatestBehind(3 * SECOND, 44 * SECOND)).isLessThan(600 * MILLISECOND);
    assertThat(viewer.shareShown(8 * SECOND, 24 * SECOND)).isGreaterThan(0.99);
    assertThat(viewer.receiver.orphans).isZero();
    assertThat(viewer.sender.fit().isActive()).isFalse();
  }

  @Test
  void shouldStayDownWhereTheBetterOneFitsBarely() {
    LinkedViewer viewer = world.viewer(2_050_000);
    world.runUntil(60 * SECOND);
    long tries = viewer.moves.stream().filter(move -> move.rendition().equals("r0")).count();
    assertThat(tries).isLessThan(4);
  }

  @Test
  void shouldTakeTheBestOfThreeThatFits() {
    LinkedWorld three = new LinkedWorld(GROUP, LARGE, 900_000, 250_000).answeringKeyframeRequests();
    LinkedViewer viewer = three.viewer(FAST);
    three.runUntil(5 * SECOND);
    viewer.link.rate(1_200_000);
    three.runUntil(20 * SECOND);
    assertThat(last(viewer)).isEqualTo("r1");
    viewer.link.rate(500_000);
    three.runUntil(35 * SECOND);
    assertThat(last(viewer)).isEqualTo("r2");
    assertThat(viewer.shareShown(25 * SECOND, 34 * SECOND)).isGreaterThan(0.99);
    assertThat(viewer.receiver.orphans).isZero();
  }

  @Test
  void shouldGiveWhatTheHostWantsAsLongAsItIsThere() {
    world.answeringKeyframeRequests();
    LinkedViewer viewer = world.viewer(FAST);
    world.runUntil(5 * SECOND);
    viewer.renditions.want("r1");
    world.runUntil(10 * SECOND);
    assertThat(last(viewer)).isEqualTo("r1");
    assertThat(viewer.renditions.id()).isEqualTo("r1");
    world.publisher(1).fallSilent();
    world.runUntil(15 * SECOND);
    assertThat(last(viewer)).isEqualTo("r0");
    viewer.renditions.want("unknown");
    world.runUntil(20 * SECOND);
    assertThat(viewer.moves).hasSize(2);
    assertThat(viewer.receiver.orphans).isZero();
    assertThat(viewer.longestFreeze(3 * SECOND, 10 * SECOND)).isLessThan(300 * MILLISECOND);
  }

  @Test
  void shouldGoOnWithAnotherEncodingWhenOneFallsSilent() {
    LinkedViewer viewer = world.viewer(FAST);
    world.runUntil(5 * SECOND);
    world.publisher(0).fallSilent();
    world.runUntil(15 * SECOND);
    assertThat(last(viewer)).isEqualTo("r1");
    assertThat(viewer.longestFreeze(9 * SECOND, 14 * SECOND)).isLessThan(100 * MILLISECOND);
  }

  @Test
  void shouldStayAtTheLargerOneWhileItsSceneIsStill() {
    LinkedViewer viewer = world.viewer(FAST);
    world.runUntil(5 * SECOND);
    world.publisher(0).measured(SMALL);
    world.publisher(1).measured(0);
    world.runUntil(10 * SECOND);
    assertThat(viewer.moves).isEmpty();
  }

  @Test
  void shouldNotTakeForSmallWhatIsNotMeasuredYet() {
    LinkedViewer viewer = world.viewer(600_000);
    world.runUntil(20 * SECOND);
    assertThat(last(viewer)).isEqualTo("r1");
    int moves = viewer.moves.size();
    world.publisher(0).measured(0);
    world.runUntil(21 * SECOND);
    world.publisher(0).measured(LARGE);
    world.runUntil(25 * SECOND);
    assertThat(viewer.moves).hasSize(moves);
  }

  @Test
  void shouldGoOnAtAHeldKeyframeWhereNothingElseComes() {
    LinkedWorld longGroups = new LinkedWorld(300, LARGE, SMALL);
    LinkedViewer viewer = longGroups.viewer(FAST);
    longGroups.runUntil(5 * SECOND);
    viewer.renditions.want("r1");
    longGroups.runUntil(21 * SECOND);
    assertThat(last(viewer)).isEqualTo("r1");
    longGroups.publisher(1).fallSilent();
    longGroups.runUntil(25 * SECOND);
    assertThat(last(viewer)).isEqualTo("r0");
    assertThat(viewer.moves.get(1).atNanos()).isLessThan(24 * SECOND);
  }

  @Test
  void shouldNotHoldAgainstALinkWhatTheHostWanted() {
    world.answeringKeyframeRequests();
    LinkedViewer viewer = world.viewer(FAST);
    for (int i = 1; i <= 10; i++) {
      viewer.renditions.want(i % 2 == 0 ? "r0" : "r1");
      world.runUntil(2 * i * SECOND);
    }
    viewer.renditions.want("r1");
    world.runUntil(22 * SECOND);
    viewer.renditions.want(null);
    world.runUntil(26 * SECOND);
    assertThat(last(viewer)).isEqualTo("r0");
  }

  @Test
  void shouldComeUpAgainOverALinkThatCannotBeProbed() {
    world.answeringKeyframeRequests();
    LinkedViewer viewer = world.reportingViewer(FAST);
    world.runUntil(5 * SECOND);
    viewer.link.rate(1_200_000);
    world.runUntil(40 * SECOND);
    assertThat(viewer.moves).extracting(Move::rendition).contains("r1");
    viewer.link.rate(FAST);
    world.runUntil(120 * SECOND);
    assertThat(last(viewer)).isEqualTo("r0");
    assertThat(viewer.shareShown(110 * SECOND, 119 * SECOND)).isGreaterThan(0.99);
  }

  private static String last(LinkedViewer viewer) {
    return viewer.moves.get(viewer.moves.size() - 1).rendition();
  }
}
