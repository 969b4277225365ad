package dev.sluice.receive;

import static dev.sluice.receive.SourceLock.Verdict.CONFIRMED;
import static dev.sluice.receive.SourceLock.Verdict.CURRENT;
import static dev.sluice.receive.SourceLock.Verdict.FOREIGN;
import static dev.sluice.receive.SourceLock.Verdict.NEW;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceLockTest {
  private final SourceLock lock = new SourceLock();

  @Test
  void shouldKeepToTheFirstSource() {
    assertThat(lock.isCurrent(0)).isFalse();
    assertThat(lock.judge(1, 10)).isEqualTo(NEW);
    assertThat(lock.judge(1, 5_000)).isEqualTo(CURRENT);
    assertThat(lock.judge(2, 10)).isEqualTo(FOREIGN);
    assertThat(lock.isCurrent(1)).isTrue();
  }

  @Test
  void shouldTakeAnotherSourceAfterTwoPacketsInSequence() {
    lock.judge(1, 10);
    assertThat(lock.judge(2, 65_535)).isEqualTo(FOREIGN);
    assertThat(lock.judge(2, 0)).isEqualTo(CONFIRMED);
    assertThat(lock.judge(1, 11)).isEqualTo(FOREIGN);
  }

  @Test
  void shouldNotTakePacketsOutOfSequenceOrBetweenThoseOfTheSource() {
    lock.judge(1, 10);
    assertThat(lock.judge(2, 20)).isEqualTo(FOREIGN);
    assertThat(lock.judge(2, 20)).isEqualTo(FOREIGN);
    assertThat(lock.judge(3, 21)).isEqualTo(FOREIGN);
    assertThat(lock.judge(2, 21)).isEqualTo(FOREIGN);
    assertThat(lock.judge(1, 11)).isEqualTo(CURRENT);
    assertThat(lock.judge(2, 22)).isEqualTo(FOREIGN);
  }

  @Test
  void shouldTakeAnySourceOnceReleased() {
    lock.judge(1, 10);
    lock.release();
    assertThat(lock.judge(2, 99)).isEqualTo(NEW);
  }
}
