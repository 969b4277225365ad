package dev.sluice.rate;

import static dev.sluice.rate.Simulation.MILLI;
import static dev.sluice.rate.Simulation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a source of 2 Mbit/s is told. */
class BitrateHintTest {
  private static final long LEAST = 300_000;
  private static final long SOURCE = 2_000_000;
  private static final long START = -7 * SECOND;
  private static final long FAST = 1_000_000_000;

  private BitrateHint hint = BitrateHint.none(LEAST, false, START);
  private long published = SOURCE;
  private long now = START;

  /** all viewers report as often as they do for a time */
  private BitrateHint report(long nanos, long... carried) {
    for (long end = now + nanos; now < end; now += BitrateHint.REPORT_NANOS) {
      for (long bitrate : carried) {
        hint = hint.report(now, bitrate, at -> published);
      }
    }
    return hint;
  }

  @Test
  void shouldKnowNoLimitAtFirst() {
    assertThat(hint.bitrate()).isEqualTo(BitrateHint.UNLIMITED);
  }

  @Test
  void shouldLeaveRoomOnTheLinkOfTheBestViewer() {
    assertThat(report(3 * SECOND, 400_000, 1_000_000, 500_000).bitrate()).isEqualTo(900_000);
  }

  @Test
  void shouldGoByTheSlowestViewerWhereThatIsWanted() {
    hint = BitrateHint.none(LEAST, true, START);
    assertThat(report(3 * SECOND, 400_000, FAST).bitrate()).isEqualTo(360_000);
  }

  @Test
  void shouldNotGoBelowTheFloor() {
    assertThat(report(3 * SECOND, 100_000).bitrate()).isEqualTo(LEAST);
  }

  @Test
  void shouldNotLimitWhatIsBelowTheFloorAlready() {
    published = 250_000;
    assertThat(report(9 * SECOND, 100_000).bitrate()).isEqualTo(BitrateHint.UNLIMITED);
  }

  @Test
  void shouldNotTellOfSmallChanges() {
    report(3 * SECOND, 1_000_000);
    assertThat(report(3 * SECOND, 1_040_000).bitrate()).isEqualTo(900_000);
    assertThat(report(3 * SECOND, 1_100_000).bitrate()).isEqualTo(990_000);
  }

  @Test
  void shouldChangeAtMostOnceASecond() {
    report(3 * SECOND, 1_000_000);
    long changed = now;
    long before = hint.bitrate();
    int changes = 0;
    for (; now < changed + 10 * SECOND; now += MILLI) {
      hint = hint.report(now, 500_000 + (now - changed) / 20_000, at -> published);
      changes += hint.bitrate() == before ? 0 : 1;
      before = hint.bitrate();
    }
    assertThat(changes).isBetween(5, 10);
  }

  @Test
  void shouldBearAnEventLoopThatIsHeldUpForAMoment() {
    report(10 * SECOND, 500_000, FAST);
    report(1_500 * MILLI, 500_000);
    assertThat(report(3 * SECOND, 500_000, FAST).bitrate()).isEqualTo(BitrateHint.UNLIMITED);
  }

  @Test
  void shouldEndTheLimitWhenLinksHaveCarriedWhatWasSentBeforeForAWhile() {
    report(3 * SECOND, 1_000_000);
    published = 800_000;
    assertThat(report(5 * SECOND, 2_300_000).bitrate()).isEqualTo(2_070_000);
    assertThat(report(4 * SECOND, 2_300_000).bitrate()).isEqualTo(BitrateHint.UNLIMITED);
  }

  @ParameterizedTest
  @ValueSource(longs = {900_000, 500_000, 0})
  void shouldKeepTheLimitOfASourceThatKeepsToItOrSendsEvenLess(long follows) {
    report(3 * SECOND, 1_000_000);
    published = follows;
    assertThat(report(60 * SECOND, 1_000_000).bitrate()).isEqualTo(900_000);
  }

  @Test
  void shouldNotTakeOneLargeKeyframeForTheBitRateOfTheSource() {
    report(5 * SECOND, 2_300_000);
    published = 2_500_000;
    report(SECOND, 2_300_000);
    published = SOURCE;
    assertThat(report(3 * SECOND, 2_300_000).bitrate()).isEqualTo(BitrateHint.UNLIMITED);
  }

  @Test
  void shouldWaitUntilAllViewersOfANewSourceHaveReported() {
    hint = BitrateHint.none(LEAST, false, START + 6 * SECOND);
    assertThat(report(5 * SECOND, 1_000_000).bitrate()).isEqualTo(BitrateHint.UNLIMITED);
    assertThat(report(3 * SECOND, 1_000_000).bitrate()).isEqualTo(900_000);
  }

  @Test
  void shouldForgetAllWhenItIsCleared() {
    report(3 * SECOND, 1_000_000);
    assertThat(hint.cleared().bitrate()).isEqualTo(BitrateHint.UNLIMITED);
  }
}
