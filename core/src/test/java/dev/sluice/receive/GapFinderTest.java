package dev.sluice.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GapFinderTest {
  private final GapFinder gaps = new GapFinder(65_534);

  @Test
  void shouldFindEachMissingNumberOnceAcrossTheWrap() {
    assertThat(find(65_534)).isEmpty();
    assertThat(find(1)).containsExactly(65_535, 0);
    assertThat(find(65_535)).isEmpty();
    assertThat(find(2)).isEmpty();
    assertThat(find(4)).containsExactly(3);
  }

  @Test
  void shouldNotAskForAGapThatNoRetransmissionMends() {
    assertThat(find(GapFinder.MAX_GAP - 1)).hasSize(GapFinder.MAX_GAP);
    assertThat(find(5_000)).isEmpty();
    assertThat(find(5_002)).containsExactly(5_001);
  }

  private int[] find(int sequenceNumber) {
    int count = gaps.find(sequenceNumber);
    return Arrays.copyOf(gaps.missing(), count);
  }
}
