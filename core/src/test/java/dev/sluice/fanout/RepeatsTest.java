package dev.sluice.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RepeatsTest {
  private static final long MILLISECOND = 1_000_000;
  private static final long ROUND_TRIP = 20 * MILLISECOND;

  private final Repeats repeats = new Repeats();
  private long now;

  @Test
  void shouldSendPacketsTwiceWhileRepeatsAreLost() {
    assertThat(ask(1, 8)).isEqualTo(1);
    now += 100 * MILLISECOND;
    assertThat(ask(1, 8)).as("lost again").isEqualTo(2);
    assertThat(ask(2, 8)).isEqualTo(2);
    now += 2_000 * MILLISECOND;
    assertThat(ask(3, 8)).isEqualTo(1);
  }

  @Test
  void shouldSendPacketsTwiceForLongerWhereARoundTripIsLong() {
    askOver(200 * MILLISECOND, 1);
    now += 200 * MILLISECOND;
    assertThat(askOver(200 * MILLISECOND, 1)).as("lost again").isEqualTo(2);
    now += 9_000 * MILLISECOND;
    assertThat(askOver(200 * MILLISECOND, 2)).isEqualTo(2);
    now += 1_000 * MILLISECOND;
    assertThat(askOver(200 * MILLISECOND, 3)).isEqualTo(1);
  }

  @Test
  void shouldSendNoPacketMoreOftenThanAllowed() {
    int sent = 0;
    for (int i = 0; i < 10; i++) {
      now += 100 * MILLISECOND;
      sent += ask(7, 4);
    }
    assertThat(sent).isEqualTo(4);
  }

  @Test
  void shouldNotSendAPacketAgainThatMayBeUnderWay() {
    assertThat(ask(1, 8)).isEqualTo(1);
    now += ROUND_TRIP - MILLISECOND;
    assertThat(ask(1, 8)).isZero();
    assertThat(ask(2, 8)).as("nothing was lost again").isEqualTo(1);
  }

  @Test
  void shouldForgetAPacketForALaterOne() {
    assertThat(ask(5, 1)).isEqualTo(1);
    assertThat(ask(5 + 1_024, 1)).isEqualTo(1);
  }

  @Test
  void shouldSendTwiceWhereThereIsNoTimeForAnotherRequest() {
    assertThat(repeats.admit(1, 8, ROUND_TRIP, now, true, true)).isEqualTo(2);
    assertThat(repeats.admit(2, 1, ROUND_TRIP, now, true, true)).as("at most").isEqualTo(1);
    assertThat(repeats.admit(3, 8, ROUND_TRIP, now, false, true)).as("no credit").isEqualTo(1);
  }

  private int askOver(long roundTrip, long sequence) {
    return repeats.admit(sequence, 8, roundTrip, now, true, false);
  }

  private int ask(long sequence, int most) {
    return repeats.admit(sequence, most, ROUND_TRIP, now, true, false);
  }
}
