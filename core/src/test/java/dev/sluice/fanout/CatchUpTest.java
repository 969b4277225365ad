package dev.sluice.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Viewers that are behind: they joined, or lost a picture. */
class CatchUpTest extends TrackSenderSetup {

  @Test
  void shouldCatchUpWithALongGroupFasterThanItCameAndBeLiveInTime() {
    log = keepingLog();
    frame(80, true);
    for (int i = 1; i < 180; i++) {
      frame(16, false);
    }
    now = frames * FRAME;
    TrackSender sender = attached(6 * SECOND);
    assertThat(step(sender)).as("at once").hasSizeBetween(1, 60);
    int most = 0;
    while (now < frames * FRAME + 2 * SECOND && sender.position() < log.tail()) {
      now += Burst.SPAN_NANOS;
      if (now >= frames * FRAME) {
        frame(16, false);
      }
      most = Math.max(most, step(sender).size());
    }
    assertThat(most).as("packets at a time").isLessThan(60);
    assertThat(sender.position()).isEqualTo(log.tail());
    assertThat(now - 180 * FRAME).isBetween(SECOND, 2 * SECOND + 2 * FRAME);
  }

  @Test
  void shouldSendTheFirstPictureOfAGroupWithoutDelay() {
    log = keepingLog();
    frame(10, true);
    for (int i = 1; i < 30; i++) {
      frame(5, false);
    }
    now = frames * FRAME;
    TrackSender sender = attached(6 * SECOND);
    assertThat(step(sender)).hasSize(10);
    assertThat(transport.framesSent).isEqualTo(1);
  }

  @Test
  void shouldAskForAKeyframeWhenTheOneHeldIsTooOld() {
    log = keepingLog();
    frame(1, true);
    now = 7 * SECOND;
    TrackSender sender = attached(6 * SECOND);
    assertThat(step(sender)).isEmpty();
    assertThat(transport.keyframesNeeded).isEqualTo(1);
    assertThat(transport.keyframesMissed).isZero();
    now += 4 * SECOND;
    assertThat(step(sender)).isEmpty();
    assertThat(transport.keyframesMissed).isEqualTo(1);
    frameNow(2, true);
    assertThat(step(sender)).hasSize(2);
  }

  @Test
  void shouldAskForAKeyframeWhenMorePicturesAreHeldThanABrowserTakes() {
    log = keepingLog();
    for (int i = 0; i < 600; i++) {
      frame(1, i == 0);
    }
    now = frames * FRAME;
    TrackSender sender = attached(60 * SECOND);
    assertThat(step(sender)).isEmpty();
    assertThat(transport.keyframesNeeded).isEqualTo(1);
  }

  @Test
  void shouldGoOnAtANewerKeyframeWhileItCatchesUp() {
    log = keepingLog();
    for (int i = 0; i < 150; i++) {
      frame(2, i == 0);
    }
    now = frames * FRAME;
    TrackSender sender = attached(6 * SECOND);
    List<Sent> sent = new ArrayList<>(step(sender));
    frame(2, true);
    now += 2 * Burst.SPAN_NANOS;
    for (int i = 0; i < 20 && sender.position() < log.tail(); i++) {
      now += Burst.SPAN_NANOS;
      sent.addAll(step(sender));
    }
    assertThat(sender.position()).isEqualTo(log.tail());
    assertThat(sent.size()).isLessThan(100);
    shouldBeNumberedWithoutGap(sent);
  }

  /**
   * a keyframe comes while viewers who joined at the one before it are at any point of its group
   */
  @Test
  void shouldMissNothingWhereTheNextKeyframeComesInTheMiddleOfAPicture() {
    for (int joined = 31; joined < 60; joined++) {
      log = keepingLog();
      int first = (int) (now / FRAME);
      TrackSender sender = null;
      List<Sent> sent = new ArrayList<>();
      for (int i = 0; i < 120; i++) {
        for (int part = 0; part < 4; part++) {
          now = (first + i) * FRAME + part * FRAME / 4;
          log.now(now);
          appendPart(part, i % 60 == 0, i * 3_000);
          sender = sender == null && i == joined ? attached(6 * SECOND) : sender;
          if (sender != null) {
            sent.addAll(step(sender));
          }
        }
      }
      shouldBeNumberedWithoutGap(sent);
      assertThat(sender.figures().resynchronisations()).as("joined at %d", joined).isZero();
      now = (first + 120) * FRAME;
    }
  }

  /** one of four packets of a picture, which come one after the other */
  private void appendPart(int part, boolean keyframe, int timestamp) {
    long position = log.position();
    log.open(500);
    log.commit(500, timestamp, part == 3);
    if (keyframe && part == 0) {
      log.keyframe(position);
    }
    log.publish();
  }

  @Test
  void shouldGoBackToTheHeldKeyframeWhenThePublisherAnswersNoRequest() {
    log = keepingLog();
    frameNow(3, true);
    TrackSender sender = attached(6 * SECOND);
    List<Sent> sent = new ArrayList<>(step(sender));
    for (int i = 0; i < 10; i++) {
      frameNow(2, false);
      sent.addAll(step(sender));
    }
    sender.keyframeRequested(now);
    for (int i = 0; i < 15; i++) {
      frameNow(2, false);
      List<Sent> live = step(sender);
      assertThat(live).as("the publisher may answer yet").hasSize(2);
      sent.addAll(live);
    }
    Sent last = sent.get(sent.size() - 1);
    frameNow(2, false);
    List<Sent> again = new ArrayList<>(step(sender));
    assertThat(again.get(0).payload()).isEqualTo(sent.get(0).payload());
    assertThat(again.get(0).timestamp() - last.timestamp()).isBetween(1, 90_000);
    for (int i = 0; i < 60; i++) {
      frameNow(2, false);
      again.addAll(step(sender));
    }
    sent.addAll(again);
    shouldBeNumberedWithoutGap(sent);
    assertThat(transport.indexes).as("no index for two packets").doesNotHaveDuplicates();
    assertThat(sender.position()).isEqualTo(log.tail());
    assertThat(sent).isSortedAccordingTo(Comparator.comparingInt(Sent::timestamp));

    long before = sender.position();
    sender.keyframeRequested(now);
    for (int i = 0; i < 30; i++) {
      frameNow(2, false);
      step(sender);
    }
    assertThat(sender.position() - before).as("not twice to the same").isEqualTo(60);
  }

  @Test
  void shouldNotGoBackWhenThePublisherAnswers() {
    log = keepingLog();
    frameNow(3, true);
    TrackSender sender = attached(6 * SECOND);
    step(sender);
    sender.keyframeRequested(now);
    int sent = 0;
    for (int i = 0; i < 40; i++) {
      frameNow(2, i == 10);
      sent += step(sender).size();
    }
    assertThat(sent).isEqualTo(80);
  }
}
