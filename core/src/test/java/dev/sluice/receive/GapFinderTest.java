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
    assertThat(find(2_000)).isEmpty();
    assertThat(find(2_002)).containsExactly(2_001);
  }

  @Test
  void shouldFollowASequenceThatJumpsButNoStrayPacket() {
    assertThat(find(30_000)).isEmpty();
    assertThat(find(0)).containsExactly(65_535);
    for (int start : new int[] {20_000, 19_500, 60_000}) {
      assertThat(find(start)).isEmpty();
      assertThat(find(start + 1)).isEmpty();
      assertThat(find(start + 3)).containsExactly(start + 2);
    }
  }

  private int[] find(int sequenceNumber) {
    int count = gaps.find(sequenceNumber);
    return Arrays.copyOf(gaps.missing(), count);
  }
}
