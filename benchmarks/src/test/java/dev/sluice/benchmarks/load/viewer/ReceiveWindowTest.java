package dev.sluice.benchmarks.load.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReceiveWindowTest {
  private static final long FIRST = 65_530;

  private final List<Long> delivered = new ArrayList<>();
  private final List<Long> recovered = new ArrayList<>();
  private int gaps;
  private final ReceiveWindow window =
      new ReceiveWindow(
          new ReceiveWindow.Sink() {
            @Override
            public void packet(
                byte[] packet, int offset, int length, boolean marker, long arrival, boolean late) {
              long position = Long.parseLong(new String(packet, offset, length));
              delivered.add(position);
              if (late) {
                recovered.add(position);
              }
            }

            @Override
            public void gap(int count) {
              gaps += count;
            }
          });

  @Test
  void shouldHandOverAtOnceWhatComesInOrder() {
    accept(FIRST, 0);
    accept(FIRST + 1, 1);

    assertThat(delivered).containsExactly(FIRST, FIRST + 1);
    assertThat(window.isComplete()).isTrue();
  }

  @Test
  void shouldNotExpireBeforeTheFirstPacket() {
    window.expire(ReceiveWindow.DEADLINE_NANOS * 10);
    accept(FIRST, 0);

    assertThat(delivered).containsExactly(FIRST);
    assertThat(gaps).isZero();
  }

  @Test
  void shouldWaitForWhatIsMissingAndAskForIt() {
    accept(FIRST, 0);
    accept(FIRST + 3, 0);
    int[] missing = new int[8];

    assertThat(window.missing(0, missing)).isEqualTo(2);
    assertThat(missing).startsWith((int) FIRST + 1, (int) FIRST + 2);
    assertThat(window.missing(1_000_000, missing)).as("asked for a moment ago").isZero();
    accept(FIRST + 2, 2);
    accept(FIRST + 1, 3);
    assertThat(delivered).containsExactly(FIRST, FIRST + 1, FIRST + 2, FIRST + 3);
    assertThat(recovered).containsExactly(FIRST + 1, FIRST + 2);
  }

  @Test
  void shouldGiveUpAtTheDeadline() {
    accept(FIRST, 0);
    accept(FIRST + 2, 0);
    window.expire(ReceiveWindow.DEADLINE_NANOS - 1);
    assertThat(gaps).isZero();
    window.expire(ReceiveWindow.DEADLINE_NANOS);

    assertThat(gaps).isEqualTo(1);
    assertThat(delivered).containsExactly(FIRST, FIRST + 2);
    assertThat(accept(FIRST + 1, 0)).as("too late").isFalse();
  }

  @Test
  void shouldRestoreAnyOrderAndDropWhatComesTwice() {
    Random random = new Random(3);
    accept(FIRST, 0);
    for (long from = FIRST + 1; from < FIRST + 20_000; from += 50) {
      List<Long> batch = new ArrayList<>(LongStream.range(from, from + 50).boxed().toList());
      batch.add(from + random.nextInt(50));
      Collections.shuffle(batch, random);
      long refused = batch.stream().filter(position -> !accept(position, 0)).count();
      assertThat(refused).isEqualTo(1);
    }

    assertThat(delivered).isSorted().doesNotHaveDuplicates().hasSize(20_001);
    assertThat(gaps).isZero();
  }

  private boolean accept(long position, long now) {
    byte[] packet = Long.toString(position).getBytes();
    return window.accept(position, packet, 0, packet.length, false, now);
  }
}
