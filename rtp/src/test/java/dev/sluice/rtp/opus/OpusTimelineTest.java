package dev.sluice.rtp.opus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class OpusTimelineTest {

  private static final int FRAME = 960;

  private final OpusTimeline timeline = new OpusTimeline();

  @Test
  void shouldPassExactTimestamps() {
    for (int ts = -10 * FRAME; ts < 10 * FRAME; ts += FRAME) {
      assertThat(timeline.place(ts, FRAME)).isEqualTo(ts);
    }
  }

  @Test
  void shouldPutClockedTimestampsOnTheGrid() {
    Random random = new Random(1);
    int start = Integer.MAX_VALUE - 500 * FRAME;
    timeline.place(start, FRAME);
    for (int i = 1; i < 1_000; i++) {
      int error = random.nextInt(17) - 8;
      assertThat(timeline.place(start + i * FRAME + error, FRAME)).isEqualTo(start + i * FRAME);
    }
  }

  @Test
  void shouldFollowDurationsThatChange() {
    timeline.place(1_000, 480);
    assertThat(timeline.place(1_485, 2_880)).isEqualTo(1_480);
    assertThat(timeline.place(4_350, 120)).isEqualTo(4_360);
    assertThat(timeline.place(4_484, FRAME)).isEqualTo(4_480);
  }

  @Test
  void shouldKeepGapsOfLossAndOfDiscontinuousTransmission() {
    timeline.place(0, FRAME);
    assertThat(timeline.place(2 * FRAME, FRAME)).isEqualTo(2 * FRAME);
    assertThat(timeline.place(23 * FRAME, FRAME)).isEqualTo(23 * FRAME);
    assertThat(timeline.place(44 * FRAME + 8, FRAME)).isEqualTo(44 * FRAME);
    assertThat(timeline.place(46 * FRAME - 8, FRAME)).isEqualTo(46 * FRAME);
  }

  @Test
  void shouldAnchorAnewBehindPause() {
    timeline.place(0, FRAME);
    assertThat(timeline.place(100_300, FRAME)).isEqualTo(100_300);
    assertThat(timeline.place(100_300 + FRAME + 3, FRAME)).isEqualTo(100_300 + FRAME);
  }

  @Test
  void shouldNotStrayFromSourceWhoseClockRunsOff() {
    for (int step : new int[] {FRAME - 1, FRAME + 1, FRAME - 20, FRAME + 20}) {
      OpusTimeline off = new OpusTimeline();
      int moved = 0;
      int expected = 0;
      for (int i = 0; i < 10_000; i++) {
        int placed = off.place(i * step, FRAME);
        assertThat(Math.abs(placed - i * step)).isLessThanOrEqualTo(FRAME / 2);
        moved += placed == expected ? 0 : 1;
        expected = placed + FRAME;
      }
      assertThat(moved).isLessThanOrEqualTo(10_000 * 20 * 2 / FRAME + 1);
    }
  }

  @Test
  void shouldAnchorAtPacketsOfUnknownDuration() {
    timeline.place(0, FRAME);
    timeline.place(FRAME, OpusDuration.UNKNOWN);
    assertThat(timeline.place(FRAME + 7, FRAME)).isEqualTo(FRAME + 7);
  }
}
