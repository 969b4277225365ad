package dev.sluice.rate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SkippedRunsTest {
  private static final long FIRST_POSITION = 1_000;
  private static final long FIRST_SEQUENCE = 70_000;

  private final SkippedRuns runs = new SkippedRuns(FIRST_POSITION, FIRST_SEQUENCE);

  @Test
  void shouldKeepOneDistanceWhereNothingIsLeftOut() {
    assertThat(runs.sequenceOf(1_005)).isEqualTo(70_005);
    assertThat(runs.positionOf(70_005)).isEqualTo(1_005);
    assertThat(runs.sequenceOf(999)).isEqualTo(SkippedRuns.NONE);
    assertThat(runs.positionOf(69_999)).isEqualTo(SkippedRuns.NONE);
  }

  @Test
  void shouldGoOnWithoutAGapBehindWhatIsLeftOut() {
    runs.skip(1_010, 1_015);

    assertThat(runs.sequenceOf(1_009)).isEqualTo(70_009);
    assertThat(runs.sequenceOf(1_012)).isEqualTo(SkippedRuns.NONE);
    assertThat(runs.sequenceOf(1_015)).isEqualTo(70_010);
    assertThat(runs.positionOf(70_009)).isEqualTo(1_009);
    assertThat(runs.positionOf(70_010)).isEqualTo(1_015);
  }

  @Test
  void shouldMakeOneRunOfWhatIsLeftOutInARow() {
    for (int i = 0; i < 10 * SkippedRuns.KEPT; i++) {
      runs.skip(1_010 + i, 1_011 + i);
    }

    assertThat(runs.positionOf(70_009)).isEqualTo(1_009);
  }

  @Test
  void shouldNeverLeadABurntNumberToAPosition() {
    runs.burn(1_010);

    assertThat(runs.sequenceOf(1_010)).isEqualTo(70_011);
    assertThat(runs.positionOf(70_010)).isEqualTo(SkippedRuns.NONE);
    assertThat(runs.positionOf(70_011)).isEqualTo(1_010);
  }

  @Test
  void shouldForgetTheLogBefore() {
    runs.skip(1_010, 1_020);
    runs.restart(5, 70_030);

    assertThat(runs.sequenceOf(5)).isEqualTo(70_030);
    assertThat(runs.positionOf(70_029)).isEqualTo(SkippedRuns.NONE);
    assertThat(runs.positionOf(70_009)).isEqualTo(SkippedRuns.NONE);
  }

  @Test
  void shouldForgetTheOldestRuns() {
    long position = FIRST_POSITION;
    for (int i = 0; i <= SkippedRuns.KEPT; i++) {
      runs.skip(position + 1, position + 2);
      position += 2;
    }

    assertThat(runs.positionOf(FIRST_SEQUENCE)).isEqualTo(SkippedRuns.NONE);
    assertThat(runs.positionOf(FIRST_SEQUENCE + 1)).isEqualTo(FIRST_POSITION + 2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldAnswerAsAMapOfAllThatWasSent(long seed) {
    Random random = new Random(seed);
    Map<Long, Long> sent = new HashMap<>();
    long position = FIRST_POSITION;
    long sequence = FIRST_SEQUENCE;
    long runsBegun = 0;
    while (runsBegun < SkippedRuns.KEPT) {
      switch (random.nextInt(6)) {
        case 0 -> {
          int count = 1 + random.nextInt(9);
          runs.skip(position, position + count);
          position += count;
          runsBegun++;
        }
        case 1 -> {
          runs.burn(position);
          sequence++;
          runsBegun++;
        }
        default -> {
          assertThat(runs.sequenceOf(position)).isEqualTo(sequence);
          sent.put(position++, sequence++);
        }
      }
    }
    for (long at = FIRST_POSITION - 10; at < position; at++) {
      assertThat(runs.sequenceOf(at)).isEqualTo(sent.getOrDefault(at, SkippedRuns.NONE));
    }
    Map<Long, Long> positions = new HashMap<>();
    sent.forEach((at, number) -> assertThat(positions.put(number, at)).isNull());
    for (long number = FIRST_SEQUENCE - 10; number < sequence; number++) {
      assertThat(runs.positionOf(number))
          .isEqualTo(positions.getOrDefault(number, SkippedRuns.NONE));
    }
  }
}
