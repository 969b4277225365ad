package dev.sluice.benchmarks.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlowLinkTest {
  private static final long MILLI = 1_000_000;
  private static final int BYTES = 1_000;

  private final SlowLink link = new SlowLink(1);

  @Test
  void shouldCarryNoMoreThanItsRateAndDropWhatTheQueueDoesNotHold() {
    LinkShape shape = LinkShape.UNLIMITED.with("rate=1000000").with("queue=200").with("delay=20");
    List<Long> arrivals = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      arrivals.add(link.arrival(shape, 0, BYTES));
    }
    assertThat(arrivals.subList(0, 26)).doesNotContain(SlowLink.LOST).isSorted();
    assertThat(arrivals.get(0)).isEqualTo(28 * MILLI);
    assertThat(arrivals.get(25)).isEqualTo((20 + 26 * 8) * MILLI);
    assertThat(arrivals.subList(26, 100)).containsOnly(SlowLink.LOST);
    assertThat(link.arrival(shape, 208 * MILLI, BYTES)).as("when it is empty").isPositive();
  }

  @Test
  void shouldKeepTheOrderWhateverTheJitter() {
    LinkShape shape = LinkShape.UNLIMITED.with("jitter=30");
    List<Long> arrivals = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      arrivals.add(link.arrival(shape, i * MILLI, BYTES));
    }
    assertThat(arrivals).isSorted();
  }

  @Test
  void shouldLoseSoManyAtRandomOrInBurstsTheSameWithTheSameSeed() {
    for (String[] settings : List.of(new String[] {"loss=0.05"}, bursts())) {
      LinkShape shape = LinkShape.UNLIMITED;
      for (String setting : settings) {
        shape = shape.with(setting);
      }
      List<Long> lost = lost(shape);
      assertThat(lost).hasSizeBetween(350, 650).isEqualTo(lost(shape));
    }
  }

  @Test
  void shouldRefuseWhatIsNoSetting() {
    for (String setting : List.of("rate", "rate=0", "speed=1", "loss=much")) {
      assertThatIllegalArgumentException().isThrownBy(() -> LinkShape.UNLIMITED.with(setting));
    }
  }

  /** one in 20, five at a time */
  private static String[] bursts() {
    return new String[] {"burst-start=0.0105", "burst-end=0.2"};
  }

  private static List<Long> lost(LinkShape shape) {
    SlowLink fresh = new SlowLink(3);
    List<Long> lost = new ArrayList<>();
    for (long i = 0; i < 10_000; i++) {
      if (fresh.arrival(shape, i * MILLI, BYTES) == SlowLink.LOST) {
        lost.add(i);
      }
    }
    return lost;
  }
}
