package dev.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.codec.Codec;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SourceClockTest {
  private static final int CLOCK_RATE = 90_000;
  private static final int FRAME_TICKS = 3_000;
  private static final long MILLISECOND = 1_000_000;
  private static final long FRAME_NANOS = 1_000 * MILLISECOND / 30;
  private static final int TICKS_A_MILLISECOND = 90;
  private static final long NTP = 0xE8FE_1D00_0000_0000L;

  private final Track track = new Track("video", Codec.H264, 0);
  private final SourceClock clock = newClock();
  private long now = 5_000 * MILLISECOND;
  private int timestamp = 0x7FFF_0000;

  @Test
  void shouldFollowASourceAcrossTheWrapOfItsTimestamps() {
    frames(3_000);
    assertRuns(2);
  }

  @Test
  void shouldNotBeMovedByJitter() {
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      clock.packet(now + random.nextInt(40) * MILLISECOND, timestamp);
      frame();
    }
    assertRuns(15);
  }

  @Test
  void shouldStartAnewWhenTimestampsJumpBack() {
    frames(100);
    timestamp -= 60 * CLOCK_RATE;
    frames(1);
    assertRuns(1);
  }

  @Test
  void shouldStartAnewWhenTimestampsJumpForward() {
    frames(100);
    timestamp += 60 * CLOCK_RATE;
    frames(1);
    assertRuns(1);
  }

  @Test
  void shouldStartAnewWhenASourceGoesOnWhereItPaused() {
    frames(100);
    now += 10_000 * MILLISECOND;
    frames(1);
    assertRuns(1);
  }

  @Test
  void shouldRecoverWithTheBurstAfterAStall() {
    frames(100);
    long stalled = now + 2_000 * MILLISECOND;
    for (int i = 0; i < 60; i++) {
      clock.packet(stalled, timestamp);
      frame();
    }
    frames(60);
    assertRuns(2);
  }

  @Test
  void shouldBelieveSenderReportsRatherThanArrival() {
    frames(10);
    clock.senderReport(now, NTP, timestamp + CLOCK_RATE);
    clock.packet(now + 1, timestamp);
    assertThat(track.clock().rtpTimestampAt(now, CLOCK_RATE)).isEqualTo(timestamp + CLOCK_RATE);
  }

  @Test
  void shouldNotBelieveSenderReportsThatAreSecondsOff() {
    for (int seconds : new int[] {-3_600, -60, -5, -3, 3, 5, 60, 3_600}) {
      frames(10);
      clock.senderReport(now, NTP, timestamp + seconds * CLOCK_RATE);
      frames(10);
      assertRuns(2);
    }
  }

  @Test
  void shouldFindOutASenderReportThatCameBeforeThePackets() {
    clock.senderReport(now, NTP, timestamp + 5 * CLOCK_RATE);
    frames(40);
    assertRuns(2);
  }

  @Test
  void shouldNotSetTheClockOfThePublisherThatFollows() {
    frames(1);
    SourceClock next = newClock();
    timestamp += 7 * CLOCK_RATE;
    frames(1);
    assertThat(track.clock()).isNull();
    timestamp -= 9 * CLOCK_RATE;
    next.packet(now, timestamp);
    assertRuns(1);
  }

  private SourceClock newClock() {
    return new SourceClock(track.source(null, null), CLOCK_RATE, new SourceClock.WallClockOffset());
  }

  private void frames(int count) {
    for (int i = 0; i < count; i++) {
      clock.packet(now, timestamp);
      frame();
    }
  }

  private void frame() {
    now += FRAME_NANOS;
    timestamp += FRAME_TICKS;
  }

  private void assertRuns(int toleranceMillis) {
    assertThat(track.clock().rtpTimestampAt(now, CLOCK_RATE) - timestamp)
        .isCloseTo(0, Offset.offset(toleranceMillis * TICKS_A_MILLISECOND));
  }
}
