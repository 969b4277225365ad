package dev.sluice.rate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RenditionChoiceTest {
  private static final long STEP = 50_000_000;
  private static final long SECOND = 1_000_000_000;
  private static final long[] BITRATES = {300_000, 800_000, 2_000_000};

  private final RenditionChoice choice = new RenditionChoice();
  private int current = 2;
  private long now;

  @Test
  void shouldGoDownSoonAndAsFarAsIsNeeded() {
    assertThat(timeUntil(0, 500_000)).isLessThan(SECOND / 2);
  }

  @Test
  void shouldGoUpWithinSecondsWhereABetterOneFitsWell() {
    timeUntil(0, 500_000);

    assertThat(timeUntil(2, 3_000_000)).isBetween(SECOND, 4 * SECOND);
  }

  @Test
  void shouldStayWhereABetterOneFitsBarely() {
    timeUntil(1, 1_000_000);

    assertThat(chosenAfter(60 * SECOND, 2_100_000)).isEqualTo(1);
  }

  @Test
  void shouldTakeTheLowestWhereNoneFits() {
    assertThat(chosenAfter(SECOND, 1)).isZero();
  }

  @Test
  void shouldChangeNothingWhileNothingComesBack() {
    assertThat(chosenAfter(60 * SECOND, 0)).isEqualTo(2);
  }

  @Test
  void shouldNotBelieveASingleGlimpse() {
    timeUntil(1, 1_000_000);
    for (int i = 0; i < 100; i++) {
      assertThat(choose(i % 10 == 0 ? 1_000_000 : 5_000_000)).isEqualTo(1);
    }
  }

  @Test
  void shouldWaitLongerAfterARiseThatDidNotHold() {
    timeUntil(1, 1_000_000);
    long first = timeUntil(2, 3_000_000);
    timeUntil(1, 1_000_000);
    long second = timeUntil(2, 3_000_000);

    assertThat(second).isGreaterThan(first * 3 / 2);
    chosenAfter(20 * SECOND, 3_000_000);
    timeUntil(1, 1_000_000);
    assertThat(timeUntil(2, 3_000_000)).isEqualTo(first);
  }

  @Test
  void shouldChooseAtOnceWhereTheOneThatIsSentIsGone() {
    assertThat(choice.choose(now, 1_000_000, BITRATES, -1)).isEqualTo(1);
  }

  private long timeUntil(int rendition, long bitrate) {
    long from = now;
    while (choose(bitrate) != rendition) {
      assertThat(now - from).isLessThan(100 * SECOND);
    }
    return now - from;
  }

  private int chosenAfter(long nanos, long bitrate) {
    int chosen = choose(bitrate);
    for (long end = now + nanos; now < end; ) {
      chosen = choose(bitrate);
    }
    return chosen;
  }

  private int choose(long bitrate) {
    now += STEP;
    int chosen = choice.choose(now, bitrate, BITRATES, current);
    if (chosen != current) {
      choice.switched(now, chosen > current);
      current = chosen;
    }
    return chosen;
  }
}
