package dev.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TallyTest {
  private final Tally<AtomicLong, Sum> tally = new Tally<>(new Sum());

  @Test
  void shouldCountWhoIsThereAndWhoWas() {
    AtomicLong stays = new AtomicLong(1);
    AtomicLong leaves = new AtomicLong(10);
    tally.enter(stays);
    tally.enter(leaves);
    tally.leave(leaves);
    stays.set(2);
    assertThat(tally.sums().value).isEqualTo(12);
    assertThat(tally.present()).containsExactly(stays);
  }

  @Test
  void shouldCountOnceWhoeverLeavesTwiceOrNeverCame() {
    AtomicLong one = new AtomicLong(10);
    tally.leave(one);
    tally.enter(one);
    tally.leave(one);
    tally.leave(one);
    assertThat(tally.sums().value).isEqualTo(10);
    assertThat(tally.isEmpty()).isTrue();
  }

  @Test
  void shouldNeverFallWhileOthersComeAndGo() throws Exception {
    Thread visitors =
        new Thread(
            () ->
                IntStream.range(0, 20_000)
                    .mapToObj(i -> new AtomicLong(1))
                    .forEach(
                        one -> {
                          tally.enter(one);
                          tally.leave(one);
                        }));
    visitors.start();
    long before = 0;
    while (visitors.isAlive()) {
      long now = tally.sums().value;
      assertThat(now).isGreaterThanOrEqualTo(before);
      before = now;
    }
    visitors.join();
    assertThat(tally.sums().value).isEqualTo(20_000);
  }

  private static final class Sum implements Tally.Sums<AtomicLong, Sum> {
    private long value;

    @Override
    public void add(AtomicLong one) {
      value += one.get();
    }

    @Override
    public Sum copy() {
      Sum copy = new Sum();
      copy.value = value;
      return copy;
    }
  }
}
