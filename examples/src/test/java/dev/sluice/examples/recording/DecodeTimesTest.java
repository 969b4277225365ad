package dev.sluice.examples.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecodeTimesTest {
  private final DecodeTimes times = new DecodeTimes();

  @Test
  void shouldDecodeInOrderWhatIsShownInOrder() {
    assertThat(decoded(100, 140, 180, 240)).containsExactly(100L, 140L, 180L);
    assertThat(times.end()).isEqualTo(240);
  }

  @Test
  void shouldSpreadWhatIsShownInAnotherOrder() {
    assertThat(decoded(0, 120, 40, 80, 240, 160, 200, 280))
        .containsExactly(0L, 40L, 80L, 120L, 160L, 200L, 240L);
  }

  @Test
  void shouldIncreaseWhateverComes() {
    assertThat(decoded(100, 100, 90, 500, 80, 70, 60, 600))
        .isSorted()
        .doesNotHaveDuplicates()
        .hasSize(7);
  }

  private List<Long> decoded(long... shown) {
    List<Long> decoded = new ArrayList<>();
    for (int i = 0; i + 1 < shown.length; i++) {
      decoded.add(times.next(shown[i], shown[i + 1]));
    }
    return decoded;
  }
}
