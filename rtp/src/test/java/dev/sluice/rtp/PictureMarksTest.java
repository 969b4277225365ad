package dev.sluice.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PictureMarksTest {

  @Test
  void shouldGiveBackEveryLayer() {
    for (int temporal = 0; temporal < 8; temporal++) {
      for (int spatial = 0; spatial < 4; spatial++) {
        for (int disposable : new int[] {0, PictureMarks.DISPOSABLE}) {
          int marks = PictureMarks.layer(temporal, spatial) | disposable;
          assertThat(marks).isBetween(0, (1 << PictureMarks.BITS) - 1);
          assertThat(PictureMarks.temporalId(marks)).isEqualTo(temporal);
          assertThat(PictureMarks.spatialId(marks)).isEqualTo(spatial);
          assertThat(PictureMarks.isDisposable(marks)).isEqualTo(disposable != 0);
        }
      }
    }
  }

  @Test
  void shouldSayNothingByDefault() {
    assertThat(PictureMarks.layer(0, 0)).isEqualTo(PictureMarks.NONE);
    assertThat(PictureMarks.isDisposable(PictureMarks.NONE)).isFalse();
  }
}
