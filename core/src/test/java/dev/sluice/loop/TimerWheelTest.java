package dev.sluice.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.Throwables;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimerWheelTest {
  private static final long TICK = 10;

  @Test
  void shouldFireOnceAndNeverEarly() {
    TimerWheel wheel = new TimerWheel(TICK, 8, 0);
    Probe probe = new Probe();
    wheel.schedule(probe, 35);
    wheel.advance(34);
    assertThat(probe.firedAt).isEmpty();
    wheel.advance(40);
    wheel.advance(500);
    assertThat(probe.firedAt).containsExactly(40L);
  }

  @Test
  void shouldWaitFurtherTurnsForADistantDeadline() {
    TimerWheel wheel = new TimerWheel(TICK, 8, 0);
    Probe probe = new Probe();
    wheel.schedule(probe, 1_000);
    for (long now = 0; now < 1_000; now += 7) {
      wheel.advance(now);
    }
    assertThat(probe.firedAt).isEmpty();
    wheel.advance(1_000);
    assertThat(probe.firedAt).containsExactly(1_000L);
  }

  @Test
  void shouldReplaceAndCancelDeadlines() {
    TimerWheel wheel = new TimerWheel(TICK, 8, 0);
    Probe moved = new Probe();
    Probe cancelled = new Probe();
    wheel.schedule(moved, 20);
    wheel.schedule(moved, 60);
    wheel.schedule(cancelled, 20);
    wheel.cancel(cancelled);
    wheel.advance(50);
    assertThat(moved.firedAt).isEmpty();
    wheel.advance(60);
    assertThat(moved.firedAt).containsExactly(60L);
    assertThat(cancelled.firedAt).isEmpty();
    assertThat(wheel.nanosToNext(60)).isEqualTo(-1);
  }

  @Test
  void shouldLetACallbackChangeTheWheel() {
    TimerWheel wheel = new TimerWheel(TICK, 8, 0);
    Probe other = new Probe();
    Probe late = new Probe();
    TimerWheel.Entry first =
        new TimerWheel.Entry() {
          @Override
          protected void onDeadline(long nowNanos) {
            wheel.cancel(other);
            wheel.schedule(late, nowNanos);
            wheel.schedule(this, nowNanos + 100);
          }
        };
    wheel.schedule(other, 20);
    wheel.schedule(first, 20);
    wheel.advance(20);
    assertThat(other.firedAt).isEmpty();
    assertThat(late.firedAt).isEmpty();
    wheel.advance(30);
    assertThat(late.firedAt).containsExactly(30L);
  }

  @Test
  void shouldFireEveryEntryOfATickWhateverOneThrows() {
    TimerWheel wheel = new TimerWheel(TICK, 8, 0);
    List<Throwable> thrown = new ArrayList<>();
    List<Probe> probes = new ArrayList<>();
    Throwables.all()
        .forEach(
            cause -> {
              Probe probe = new Probe();
              probes.add(probe);
              wheel.schedule(probe, 20);
              wheel.schedule(
                  new TimerWheel.Entry() {
                    @Override
                    protected void onDeadline(long nowNanos) {
                      thrown.add(cause);
                      throw Throwables.sneak(cause);
                    }
                  },
                  20);
            });
    wheel.advance(20);
    assertThat(thrown).hasSize(5);
    assertThat(probes).allSatisfy(probe -> assertThat(probe.firedAt).containsExactly(20L));
    assertThat(wheel.nanosToNext(20)).isEqualTo(-1);
  }

  @Test
  void shouldSayHowLongToSleep() {
    TimerWheel wheel = new TimerWheel(TICK, 8, 3);
    assertThat(wheel.nanosToNext(3)).isEqualTo(-1);
    wheel.schedule(new Probe(), 41);
    assertThat(wheel.nanosToNext(3)).isEqualTo(47);
  }

  @Test
  void shouldFireEveryDeadlineWithinATickUnderRandomUse() {
    Random random = new Random(7);
    TimerWheel wheel = new TimerWheel(TICK, 64, 0);
    List<Probe> probes = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      Probe probe = new Probe();
      probe.deadline = random.nextInt(5_000);
      wheel.schedule(probe, probe.deadline);
      probes.add(probe);
    }
    for (long now = 0; now <= 5_100; now++) {
      wheel.advance(now);
    }
    for (Probe probe : probes) {
      assertThat(probe.firedAt).hasSize(1);
      assertThat(probe.firedAt.get(0) - probe.deadline).isBetween(0L, 2 * TICK);
    }
  }

  private static final class Probe extends TimerWheel.Entry {
    private final List<Long> firedAt = new ArrayList<>();
    private long deadline;

    @Override
    protected void onDeadline(long nowNanos) {
      firedAt.add(nowNanos);
    }
  }
}
