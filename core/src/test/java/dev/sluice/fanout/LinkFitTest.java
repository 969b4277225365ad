package dev.sluice.fanout;

import static dev.sluice.fanout.TrackSenderSetup.MILLISECOND;
import static dev.sluice.fanout.TrackSenderSetup.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What viewers of a 2 Mbit/s stream with a keyframe each 2 s see through links that change. */
class LinkFitTest {
  private static final long STREAM = 2_000_000;
  private static final long FAST = 20_000_000;
  private static final int GROUP = 60;

  private final LinkedWorld world = new LinkedWorld(GROUP, STREAM);

  @Test
  void shouldLeaveAFastLinkAlone() {
    LinkedViewer viewer = world.viewer(FAST);
    world.runUntil(20 * SECOND);
    assertThat(viewer.sender.fit().isActive()).isFalse();
    assertThat(viewer.transport.thinned).isEmpty();
    assertThat(viewer.sender.figures().behindNanos()).isZero();
    assertThat(viewer.shareShown(SECOND, 19 * SECOND)).isGreaterThan(0.99);
  }

  @Test
  void shouldFitTheStreamToASlowLinkAndSendAllAgainSoonAfter() {
    LinkedViewer viewer = world.viewer(FAST);
    world.runUntil(5 * SECOND);
    viewer.link.rate(1_400_000);
    world.runUntil(25 * SECOND);
    assertThat(viewer.sender.fit().isThinned()).isTrue();
    viewer.link.rate(FAST);
    world.runUntil(41 * SECOND);

    assertThat(viewer.shareShown(8 * SECOND, 24 * SECOND)).isGreaterThan(0.4);
    assertThat(viewer.longestFreeze(8 * SECOND, 24 * SECOND)).isLessThan(1_100 * MILLISECOND);
    assertThat(viewer.greatestBehind(8 * SECOND, 24 * SECOND)).isLessThan(600 * MILLISECOND);
    assertThat(viewer.shareShown(30 * SECOND, 40 * SECOND)).isGreaterThan(0.99);
    assertThat(viewer.receiver.orphans).isZero();
    assertThat(viewer.transport.thinned).containsExactly(true, false);
    assertThat(viewer.sender.fit().withheld()).isBetween(60L, 400L);
    assertThat(viewer.sender.fit().isActive()).isFalse();
  }

  @Test
  void shouldShowEachKeyframeThroughAQuarterOfTheRate() {
    LinkedViewer viewer = world.viewer(FAST);
    world.runUntil(5 * SECOND);
    viewer.link.rate(500_000);
    world.runUntil(25 * SECOND);
    viewer.link.rate(FAST);
    world.runUntil(41 * SECOND);

    assertThat(viewer.longestFreeze(8 * SECOND, 24 * SECOND)).isLessThan(2 * SECOND);
    assertThat(viewer.receiver.orphans).isZero();
    assertThat(viewer.shareShown(30 * SECOND, 40 * SECOND)).isGreaterThan(0.99);
  }

  @Test
  void shouldRepeatWhatALinkLosesWithoutFloodingIt() {
    LinkedViewer viewer = world.viewer(FAST);
    world.runUntil(5 * SECOND);
    viewer.link.rate(1_400_000).loss(0.03);
    long sentBefore = viewer.sentBytes();
    world.runUntil(25 * SECOND);

    assertThat((viewer.sentBytes() - sentBefore) * 8 / 20).isLessThan(1_600_000);
    assertThat(viewer.sender.retransmitter().resent()).isPositive();
    assertThat(viewer.shareShown(8 * SECOND, 24 * SECOND)).isGreaterThan(0.3);
    assertThat(viewer.receiver.orphans).isZero();
  }

  @Test
  void shouldBeNobodyElsesTrouble() {
    LinkedViewer slow = world.viewer(700_000);
    LinkedViewer fast = world.viewer(FAST);
    world.runUntil(20 * SECOND);
    assertThat(slow.sender.fit().isThinned()).isTrue();
    assertThat(fast.sender.fit().isActive()).isFalse();
    assertThat(fast.shareShown(SECOND, 19 * SECOND)).isGreaterThan(0.99);
    assertThat(fast.greatestBehind(SECOND, 19 * SECOND)).isLessThan(80 * MILLISECOND);
  }

  @ParameterizedTest
  @ValueSource(ints = {150, 1_000, 1_900})
  void shouldReachLiveAfterALateJoinOverASlowLink(int intoGroupMillis) {
    world.runUntil(10 * SECOND + intoGroupMillis * MILLISECOND);
    LinkedViewer viewer = world.viewer(1_400_000);
    long joined = world.now();
    world.runUntil(joined + 20 * SECOND);
    assertThat(viewer.greatestBehind(joined + 3 * SECOND, joined + 19 * SECOND))
        .isLessThan(700 * MILLISECOND);
    assertThat(viewer.shareShown(joined + 3 * SECOND, joined + 19 * SECOND)).isGreaterThan(0.4);
    assertThat(viewer.receiver.orphans).isZero();
  }

  @Test
  void shouldBeLiveAfterAPublisherThatWasHeldUp() {
    LinkedViewer viewer = world.viewer(1_400_000);
    world.runUntil(10 * SECOND);
    world.holdUntil(15 * SECOND);
    world.runUntil(15 * SECOND);
    world.publishBacklogSince(10 * SECOND);
    world.runUntil(30 * SECOND);
    assertThat(viewer.greatestBehind(16 * SECOND, 29 * SECOND)).isLessThan(700 * MILLISECOND);
    assertThat(viewer.receiver.orphans).isZero();
  }

  @Test
  void shouldBringNobodyMoreKeyframesThanEachTwoSecondsForManySlowLinks() {
    LinkedWorld longGroups = new LinkedWorld(600, STREAM).answeringKeyframeRequests();
    LinkedViewer fast = longGroups.viewer(FAST);
    for (int i = 0; i < 5; i++) {
      longGroups.viewer(500_000 + 200_000 * i);
    }
    longGroups.runUntil(20 * SECOND);
    assertThat(fast.receiver.keyframes).isBetween(4, 11);
  }

  @Test
  void shouldSendNextToNothingIntoAnOutageAndShowAPictureSoonAfter() {
    world.answeringKeyframeRequests();
    LinkedViewer viewer = world.viewer(FAST);
    world.runUntil(5 * SECOND);
    viewer.setDown(true);
    world.runUntil(8 * SECOND);
    long sentBefore = viewer.sentBytes();
    world.runUntil(20 * SECOND);
    assertThat((viewer.sentBytes() - sentBefore) * 8 / 12).isLessThan(STREAM / 20);
    viewer.setDown(false);
    world.runUntil(30 * SECOND);
    assertThat(viewer.longestFreeze(20 * SECOND, 29 * SECOND)).isLessThan(SECOND);
    assertThat(viewer.shareShown(22 * SECOND, 29 * SECOND)).isGreaterThan(0.99);
    assertThat(viewer.receiver.orphans).isZero();
  }
}
