package dev.sluice.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.BigEndian;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** When media was captured, as the log has it. */
class CaptureStampTest {
  private static final int SEGMENT = 4_096;
  private static final int PAYLOAD = 1_000;
  private static final long SECOND = 1_000_000_000L;

  @Test
  void shouldNoteOnceASecondWhenAPictureWasCapturedWhereItsLastPacketHasRoom() {
    PacketLog log = stamping(false);
    for (int i = 0; i < 300; i++) {
      log.now(i * SECOND / 100);
      PacketLogTest.append(log, i, i % 50 < 25 ? PAYLOAD : PAYLOAD - 12, i % 10 == 9);
    }
    log.publish();
    assertThat(stamped(log)).containsExactly(29L, 129L, 229L);
    assertThat(stamp(log, 129)).isEqualTo(ntp(129));
    PacketLogTest.assertWhole(log);
  }

  @Test
  void shouldNoteWhenAnyPacketWasCapturedWhereNoneEndsAPicture() {
    PacketLog log = stamping(true);
    for (int i = 0; i < 300; i++) {
      log.now(i * SECOND / 100);
      PacketLogTest.append(log, i, 100, false);
    }
    log.publish();
    assertThat(stamped(log)).containsExactly(0L, 100L, 200L);
  }

  @Test
  void shouldNoteNothingWithoutAClock() {
    PacketLog log = PacketLogTest.log(new LogLimits(SEGMENT, SEGMENT, 0, false));
    PacketLogTest.append(log, 1, 100, true);
    log.publish();
    assertThat(stamped(log)).isEmpty();
  }

  private static PacketLog stamping(boolean anyPacket) {
    PacketLog log = PacketLogTest.log(new LogLimits(SEGMENT, 256 * SEGMENT, 10 * SECOND, false));
    log.captureClock(CaptureStampTest::ntp, PAYLOAD - 12, anyPacket);
    return log;
  }

  static long ntp(int timestamp) {
    return 0xE8FE_1D00_8000_0000L + timestamp;
  }

  private static List<Long> stamped(PacketLog log) {
    return LongStream.range(log.head(), log.tail()).filter(log.ring()::isStamped).boxed().toList();
  }

  static long stamp(PacketLog log, long position) {
    byte[] stamp = new byte[Ring.STAMP_BYTES];
    log.ring().copyStamp(position, stamp, 0);
    return BigEndian.getLong(stamp, 0);
  }
}
