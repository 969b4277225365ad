package dev.sluice.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rtp.PictureMarks;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PacketLogTest {
  private static final int SEGMENT = 4_096;
  private static final int PAYLOAD = 1_000;
  private static final long SECOND = 1_000_000_000L;

  @Test
  void shouldShowPacketsOnlyWhenPublished() {
    PacketLog log = log(new LogLimits(SEGMENT, SEGMENT, 0, false));
    append(log, 1, 10, true);
    assertThat(log.tail()).isZero();
    assertThat(log.publish()).isTrue();
    assertThat(log.tail()).isEqualTo(1);
    assertThat(log.publish()).isFalse();
  }

  @Test
  void shouldGiveBackWhatWasWritten() {
    PacketLog log = log(new LogLimits(SEGMENT, SEGMENT, 0, false));
    log.now(77);
    append(log, 5, PAYLOAD, true);
    log.publish();
    Ring ring = log.ring();
    assertThat(ring.length(0)).isEqualTo(PAYLOAD);
    assertThat(ring.marker(0)).isTrue();
    assertThat(ring.timestamp(0)).isEqualTo(5);
    assertThat(ring.arrivalNanos(0)).isEqualTo(77);
    assertThat(ring.bytes(0)[ring.start(0) + PAYLOAD - 1]).isEqualTo((byte) 5);
    assertThat(log.holds(0)).isTrue();
  }

  @Test
  void shouldEvictTheOldestAtTheLimit() {
    PacketLog log = log(new LogLimits(SEGMENT, SEGMENT, 0, false));
    for (int i = 0; i < 100; i++) {
      append(log, i, PAYLOAD, true);
    }
    log.publish();
    assertThat(log.capacity()).isEqualTo(SEGMENT);
    assertThat(log.head()).isEqualTo(96);
    assertThat(log.holds(95)).isFalse();
    assertWhole(log);
  }

  @Test
  void shouldGrowToKeepTheCurrentAndThePreviousAccessUnit() {
    PacketLog log = log(new LogLimits(SEGMENT, 64 * SEGMENT, 0, false));
    for (int unit = 0; unit < 4; unit++) {
      for (int i = 0; i < 20; i++) {
        append(log, unit, PAYLOAD, i == 19);
      }
    }
    log.publish();
    assertThat(log.head()).isLessThanOrEqualTo(40);
    assertThat(log.capacity()).isLessThanOrEqualTo(16 * SEGMENT);
    assertWhole(log);
  }

  @Test
  void shouldNotGrowForATrackWithoutMarkers() {
    PacketLog log = log(new LogLimits(SEGMENT, 64 * SEGMENT, 0, false));
    for (int i = 0; i < 10_000; i++) {
      append(log, i, 100, false);
    }
    log.publish();
    assertThat(log.capacity()).isEqualTo(2 * SEGMENT);
    assertWhole(log);
  }

  @Test
  void shouldKeepTheConfiguredHistoryAndNotMuchMore() {
    PacketLog log = log(new LogLimits(SEGMENT, 1 << 20, SECOND, false));
    for (int i = 0; i < 1_000; i++) {
      log.now(i * SECOND / 100);
      append(log, i, PAYLOAD, true);
    }
    log.publish();
    assertThat(log.head()).isBetween(896L, 900L);
    assertThat(log.capacity()).isLessThanOrEqualTo(27 * SEGMENT);
    assertWhole(log);
  }

  @Test
  void shouldKeepEverythingSinceTheNewestKeyframe() {
    PacketLog log = log(new LogLimits(SEGMENT, 1 << 20, 0, true));
    for (int i = 0; i < 600; i++) {
      if (i % 50 == 0) {
        appendKeyframe(log, i);
      } else {
        append(log, i, PAYLOAD, true);
      }
      log.publish();
      assertThat(log.newestKeyframe()).isEqualTo(i / 50 * 50);
    }
    assertWhole(log);
  }

  @Test
  void shouldStartAtTheKeyframeThatIsHeldRatherThanAtANewerRecoveryPoint() {
    PacketLog log = log(new LogLimits(SEGMENT, 1 << 20, 0, true));
    appendKeyframe(log, 0);
    for (int i = 1; i < 200; i++) {
      append(log, i, PAYLOAD, true);
      if (i % 50 == 20) {
        log.recoveryPoint(log.position() - 1);
      }
      log.publish();
      assertThat(log.newestKeyframe()).isZero();
      assertThat(log.startsAtRecoveryPoints()).isFalse();
    }
    assertWhole(log);
  }

  @Test
  void shouldStartAtTheNewestRecoveryPointWhereNoKeyframeIsHeld() {
    PacketLog log = log(new LogLimits(SEGMENT, 16 * SEGMENT, 0, true));
    appendKeyframe(log, 0);
    for (int i = 1; i < 600; i++) {
      log.now(i * SECOND / 100);
      append(log, i, PAYLOAD, true);
      if (i % 20 == 10) {
        log.recoveryPoint(log.position() - 1);
      }
    }
    log.publish();
    assertThat(log.newestKeyframe()).isEqualTo(590);
    assertThat(log.startsAtRecoveryPoints()).isTrue();
    assertThat(log.capacity()).isLessThanOrEqualTo(6 * SEGMENT);
    appendKeyframe(log, 600);
    log.publish();
    assertThat(log.newestKeyframe()).isEqualTo(600);
    assertThat(log.startsAtRecoveryPoints()).isFalse();
  }

  @Test
  void shouldNeitherStartAtAKeyframeNorAtARecoveryPointWhereThereIsNone() {
    PacketLog log = log(new LogLimits(SEGMENT, SEGMENT, 0, true));
    append(log, 0, PAYLOAD, true);
    log.publish();
    assertThat(log.newestKeyframe()).isEqualTo(-1);
    assertThat(log.startsAtRecoveryPoints()).isFalse();
  }

  @Test
  void shouldMarkAnAccessUnitUpToItsEnd() {
    PacketLog log = log(new LogLimits(SEGMENT, 1 << 20, 0, false));
    append(log, 1, 10, true);
    append(log, 2, 10, false);
    log.mark(1, PictureMarks.DISPOSABLE);
    append(log, 2, 10, false);
    append(log, 2, 10, true);
    append(log, 3, 10, true);
    log.mark(log.position(), PictureMarks.layer(5, 2));
    append(log, 4, 10, false);
    append(log, 5, 10, false);
    log.publish();
    assertMarks(log, 0, PictureMarks.DISPOSABLE, PictureMarks.DISPOSABLE, PictureMarks.DISPOSABLE);
    assertThat(log.ring().marks(4)).isEqualTo(PictureMarks.NONE);
    assertThat(log.ring().marks(5)).isEqualTo(PictureMarks.layer(5, 2));
    assertThat(log.ring().marks(6)).isEqualTo(PictureMarks.NONE);
  }

  @Test
  void shouldLeaveLengthAndMarkerAsTheyAreWhenMarked() {
    PacketLog log = log(new LogLimits(1 << 17, 1 << 20, 0, false));
    append(log, 1, 65_535, true);
    log.skip(1);
    append(log, 2, 1, false);
    log.mark(0, PictureMarks.layer(7, 3) | PictureMarks.DISPOSABLE);
    Ring ring = log.ring();
    assertThat(ring.length(0)).isEqualTo(65_535);
    assertThat(ring.marker(0)).isTrue();
    assertThat(ring.length(1)).isZero();
    assertThat(ring.length(2)).isEqualTo(1);
    assertThat(ring.marker(2)).isFalse();
  }

  @Test
  void shouldKeepMarksWhenTheIndexGrows() {
    PacketLog log = log(new LogLimits(SEGMENT, 1 << 20, SECOND, false));
    log.mark(0, PictureMarks.DISPOSABLE);
    for (int i = 0; i < 1_000; i++) {
      append(log, 1, 10, false);
    }
    log.publish();
    assertThat(log.head()).isZero();
    for (long position = 0; position < 1_000; position++) {
      assertThat(log.ring().marks(position)).isEqualTo(PictureMarks.DISPOSABLE);
    }
  }

  @Test
  void shouldShrinkWhenLessIsToBeKept() {
    PacketLog log = log(new LogLimits(SEGMENT, 1 << 20, 0, true));
    appendKeyframe(log, 0);
    for (int i = 1; i < 200; i++) {
      append(log, i, PAYLOAD, true);
    }
    assertThat(log.capacity()).isEqualTo(50 * SEGMENT);
    appendKeyframe(log, 0);
    for (int i = 1; i < 5; i++) {
      append(log, i, PAYLOAD, true);
    }
    log.publish();
    assertThat(log.capacity()).isLessThanOrEqualTo(3 * SEGMENT);
    assertWhole(log);
  }

  @Test
  void shouldKeepWhatFollowsAKeyframeThatWasEvictedForTwoSecondsAlone() {
    PacketLog log = log(new LogLimits(SEGMENT, 8 * SEGMENT, 0, true));
    appendKeyframe(log, 0);
    for (int i = 1; i < 60; i++) {
      log.now(i * SECOND / 20);
      append(log, i, PAYLOAD, true);
    }
    log.publish();
    assertThat(log.newestKeyframe()).isEqualTo(-1);
    assertThat(log.head()).as("one segment after the other").isBetween(28L, 32L);
    log.now(4 * SECOND);
    for (int i = 60; i < 70; i++) {
      append(log, i, PAYLOAD, true);
    }
    assertThat(log.capacity()).isLessThanOrEqualTo(2 * SEGMENT);
    assertWhole(log);
  }

  @Test
  void shouldEvictHolesAndSmallPacketsOfASingleSegment() {
    PacketLog log = log(new LogLimits(SEGMENT, SEGMENT, 0, false));
    for (int i = 0; i < 1_000; i++) {
      log.skip(1);
      append(log, i, 1, true);
    }
    log.publish();
    assertThat(log.head()).isGreaterThan(1_800);
    assertThat(log.tail()).isEqualTo(2_000);
    assertWhole(log);
  }

  @Test
  void shouldForgetAKeyframeThatWasEvicted() {
    PacketLog log = log(new LogLimits(SEGMENT, SEGMENT, 0, true));
    appendKeyframe(log, 0);
    log.publish();
    assertThat(log.newestKeyframe()).isZero();
    for (int i = 1; i < 10; i++) {
      append(log, i, PAYLOAD, true);
    }
    log.publish();
    assertThat(log.newestKeyframe()).isEqualTo(-1);
  }

  @Test
  void shouldLeaveHolesForWhatWasLost() {
    PacketLog log = log(new LogLimits(SEGMENT, SEGMENT, 0, false));
    append(log, 0, 10, true);
    log.skip(3);
    append(log, 4, 10, true);
    log.publish();
    assertThat(log.tail()).isEqualTo(5);
    assertThat(log.ring().length(2)).isZero();
    assertThat(log.ring().length(4)).isEqualTo(10);
  }

  @Test
  void shouldDropADiscardedPacket() {
    PacketLog log = log(new LogLimits(SEGMENT, SEGMENT, 0, false));
    log.open(100);
    log.discard();
    append(log, 9, 10, true);
    log.publish();
    assertThat(log.tail()).isEqualTo(1);
    assertThat(log.ring().timestamp(0)).isEqualTo(9);
  }

  @Test
  void shouldRefuseAPayloadLargerThanASegment() {
    PacketLog log = log(new LogLimits(SEGMENT, SEGMENT, 0, false));
    assertThatThrownBy(() -> log.open(SEGMENT + 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldGiveEverySegmentBack() {
    SegmentPool pool = new SegmentPool(1 << 20);
    PacketLog log = new PacketLog(pool, new LogLimits(SEGMENT, 1 << 20, SECOND, false));
    for (int i = 0; i < 500; i++) {
      append(log, i, PAYLOAD, true);
    }
    assertThat(pool.usedBytes()).isEqualTo(log.capacity());
    log.publish();
    log.close();
    log.close();
    assertThat(pool.usedBytes()).isZero();
    assertThat(pool.idleBytes()).isPositive();
    assertThat(log.holds(499)).isFalse();
    assertThat(log.newestKeyframe()).isEqualTo(-1);
  }

  @Test
  void shouldHoldItsInvariantsUnderRandomUse() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      boolean keepKeyframe = random.nextBoolean();
      long history = random.nextInt(3) * SECOND / 10;
      PacketLog log =
          log(new LogLimits(SEGMENT, SEGMENT << random.nextInt(6), history, keepKeyframe));
      log.captureClock(CaptureStampTest::ntp, random.nextInt(1_200), random.nextBoolean());
      long now = 0;
      for (int i = 0; i < 2_000; i++) {
        now += random.nextInt(2_000_000);
        log.now(now);
        switch (random.nextInt(20)) {
          case 0 -> log.skip(1 + random.nextInt(100));
          case 1 -> appendKeyframe(log, (int) log.position());
          case 3 -> {
            append(log, (int) log.position(), PAYLOAD, true);
            log.recoveryPoint(log.position() - 1);
          }
          case 4 -> log.mark(log.position(), random.nextInt(1 << PictureMarks.BITS));
          case 2 -> {
            log.open(1_200);
            log.discard();
          }
          default ->
              append(log, (int) log.position(), 1 + random.nextInt(1_200), random.nextInt(8) == 0);
        }
        if (random.nextInt(5) == 0) {
          log.publish();
        }
      }
      log.publish();
      assertWhole(log);
      log.close();
    }
  }

  static PacketLog log(LogLimits limits) {
    return new PacketLog(new SegmentPool(0), limits);
  }

  static void append(PacketLog log, int value, int length, boolean marker) {
    log.open(length);
    Arrays.fill(log.array(), log.offset(), log.offset() + length, (byte) value);
    log.commit(length, value, marker);
  }

  private static void appendKeyframe(PacketLog log, int value) {
    append(log, value, PAYLOAD, true);
    log.keyframe(log.position() - 1);
  }

  private static void assertMarks(PacketLog log, int... marks) {
    for (int position = 0; position < marks.length; position++) {
      assertThat(log.ring().marks(position)).isEqualTo(marks[position]);
    }
  }

  static void assertWhole(PacketLog log) {
    Ring ring = log.ring();
    for (long p = log.head(); p < log.tail(); p++) {
      int start = ring.start(p);
      assertThat(Ring.contains(ring.bytes(p), start, ring.length(p))).isTrue();
      for (int i = 0; i < ring.length(p); i++) {
        assertThat(ring.bytes(p)[start + i]).isEqualTo((byte) ring.timestamp(p));
      }
      if (ring.isStamped(p)) {
        assertThat(CaptureStampTest.stamp(log, p))
            .isEqualTo(CaptureStampTest.ntp(ring.timestamp(p)));
      }
    }
  }
}
