package dev.sluice.rate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.PictureMarks;
import org.junit.jupiter.api.Test;

class ThinningTest {
  private static final long MILLI = 1_000_000;
  private static final long FRAME = 33 * MILLI;
  private static final long PLENTY = 100_000_000;
  private static final int FRAME_BYTES = 8_000;

  private final Thinning thinning = new Thinning(1);
  private long now;

  @Test
  void shouldAdmitAllWhereThereIsPlenty() {
    for (int i = 0; i < 300; i++) {
      assertThat(thinning.mayGo(now, PLENTY)).isTrue();
      assertThat(picture(i % 60 == 0, PictureMarks.NONE, PLENTY)).isTrue();
    }
    assertThat(thinning.isThinned()).isFalse();
  }

  @Test
  void shouldSendNothingFromACutToTheNextKeyframe() {
    boolean[] admitted = new boolean[120];
    for (int i = 0; i < admitted.length; i++) {
      admitted[i] = picture(i % 60 == 0, PictureMarks.NONE, 1_000_000);
    }
    int cut = 1;
    while (admitted[cut]) {
      cut++;
    }
    assertThat(cut).isBetween(5, 59);
    for (int i = cut; i < 60; i++) {
      assertThat(admitted[i]).isFalse();
    }
    assertThat(admitted[60]).isTrue();
  }

  @Test
  void shouldCountHowLongAPictureHasWaited() {
    picture(true, PictureMarks.NONE, PLENTY);
    now += FRAME;

    assertThat(thinning.admits(now, PLENTY, now - 200 * MILLI, PictureMarks.NONE, false, false))
        .isTrue();
    assertThat(thinning.admits(now, PLENTY, now - 400 * MILLI, PictureMarks.NONE, false, false))
        .isFalse();
    assertThat(thinning.admits(now, PLENTY, now, PictureMarks.NONE, false, false)).isFalse();
    assertThat(thinning.admits(now, PLENTY, now - 400 * MILLI, PictureMarks.NONE, true, false))
        .isFalse();
    assertThat(thinning.admits(now, PLENTY, now, PictureMarks.NONE, true, false)).isTrue();
  }

  @Test
  void shouldGiveUpLatePicturesForAKeyframeThatWaits() {
    picture(true, PictureMarks.NONE, PLENTY);
    now += FRAME;

    assertThat(thinning.admits(now, PLENTY, now - 50 * MILLI, PictureMarks.NONE, false, true))
        .isTrue();
    assertThat(thinning.admits(now, PLENTY, now - 200 * MILLI, PictureMarks.NONE, false, true))
        .isFalse();
    assertThat(thinning.admits(now, PLENTY, now - 200 * MILLI, PictureMarks.NONE, true, false))
        .isTrue();
  }

  @Test
  void shouldLeaveOutDisposablePicturesFirstAndBringThemBackWithinASecondOrSo() {
    for (int i = 0; i < 90; i++) {
      disposableStream(i, PLENTY);
    }
    for (int i = 90; i < 150; i++) {
      assertThat(disposableStream(i, 1_500_000)).isEqualTo(i % 2 == 0);
    }
    assertThat(thinning.isThinned()).isTrue();
    int back = 150;
    while (!disposableStream(back, PLENTY) || back % 2 == 0) {
      back++;
    }
    assertThat(back - 150).isBetween(25, 40);
  }

  @Test
  void shouldNotWaitLongForTheSoundThatWentMeanwhile() {
    for (int i = 0; i < 1_000; i++) {
      thinning.sent(200);
      assertThat(thinning.mayGo(now, i < 500 ? 0 : 50_000)).as("%d", i).isEqualTo(i < 500);
      now += 10 * MILLI;
    }
    now += 310 * MILLI;
    assertThat(thinning.mayGo(now, 300_000)).isTrue();
  }

  @Test
  void shouldNotFlapWhereTheRateFitsBarely() {
    for (int i = 0; i < 90; i++) {
      disposableStream(i, PLENTY);
    }
    int changes = 0;
    boolean thinned = false;
    for (int i = 90; i < 900; i++) {
      disposableStream(i, i / 30 % 2 == 0 ? 1_900_000 : 2_050_000);
      changes += thinned != thinning.isThinned() ? 1 : 0;
      thinned = thinning.isThinned();
    }
    assertThat(changes).isEqualTo(1);
  }

  @Test
  void shouldTakeUpAHigherLayerAtAKeyframeAndAskForOne() {
    for (int i = 0; i < 90; i++) {
      layeredStream(i, PLENTY, i == 0);
    }
    for (int i = 90; i < 150; i++) {
      assertThat(layeredStream(i, 1_500_000, false)).isEqualTo(i % 2 == 0);
    }
    for (int i = 150; i < 240; i++) {
      assertThat(layeredStream(i, PLENTY, false)).isEqualTo(i % 2 == 0);
    }
    assertThat(thinning.wantsKeyframe(now, PLENTY)).isTrue();
    assertThat(layeredStream(240, PLENTY, true)).isTrue();
    assertThat(layeredStream(241, PLENTY, false)).isTrue();
    assertThat(thinning.wantsKeyframe(now, PLENTY)).isFalse();
  }

  @Test
  void shouldSendNothingWhereNothingComesBackAndAskForAKeyframeThen() {
    picture(true, PictureMarks.NONE, PLENTY);
    assertThat(picture(true, PictureMarks.NONE, 0)).isFalse();
    assertThat(thinning.mayGo(now, 0)).isTrue();
    assertThat(thinning.wantsKeyframe(now, 0)).isFalse();
    assertThat(thinning.wantsKeyframe(now, PLENTY)).isTrue();

    assertThat(picture(false, PictureMarks.NONE, PLENTY)).isFalse();
    assertThat(picture(true, PictureMarks.NONE, PLENTY)).isTrue();
    assertThat(thinning.wantsKeyframe(now, PLENTY)).isFalse();
  }

  @Test
  void shouldPaceWhatExceedsABurst() {
    thinning.admits(now, 1_000_000, now, PictureMarks.NONE, true, false);
    int sent = 0;
    while (thinning.mayGo(now, 1_000_000)) {
      thinning.packet(1_200);
      thinning.sent(1_200);
      sent++;
    }
    assertThat(sent).isBetween(6, 8);
    assertThat(thinning.mayGo(now + 20 * MILLI, 1_000_000)).isTrue();
  }

  @Test
  void shouldChargeWhatElseIsSent() {
    thinning.admits(now, 1_000_000, now, PictureMarks.NONE, true, false);
    thinning.mayGo(now, 1_000_000);

    thinning.sent(10_000);

    assertThat(thinning.mayGo(now, 1_000_000)).isFalse();
  }

  private boolean disposableStream(int index, long bitrate) {
    return picture(
        index % 60 == 0, index % 2 == 0 ? PictureMarks.NONE : PictureMarks.DISPOSABLE, bitrate);
  }

  private boolean layeredStream(int index, long bitrate, boolean keyframe) {
    return picture(keyframe, PictureMarks.layer(index % 2, 0), bitrate);
  }

  /** one that comes a frame's time after the one before, sent at once */
  private boolean picture(boolean keyframe, int marks, long bitrate) {
    now += FRAME;
    boolean admitted = thinning.admits(now, bitrate, now, marks, keyframe, false);
    thinning.packet(FRAME_BYTES);
    thinning.sent(admitted ? FRAME_BYTES : 0);
    return admitted;
  }
}
