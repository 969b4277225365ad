package dev.sluice.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** RFC 3550 section 6.4.1 and appendices A.1 and A.3. */
class ReceptionStatisticsTest {
  private static final long SECOND = 1_000_000_000;

  private final ReceptionStatistics statistics = new ReceptionStatistics(0x11223344, 90_000);
  private final byte[] block = new byte[ReportBlock.LENGTH];

  @Test
  void shouldCountFromTheSecondPacketInSequenceOn() {
    assertThat(receive(100)).isFalse();
    assertThat(receive(105)).isFalse();
    assertThat(receive(104)).isFalse();
    assertThat(statistics.isReportable()).isFalse();
    assertThat(receive(105)).isTrue();
    assertThat(receive(106)).isTrue();

    assertThat(statistics.received()).isEqualTo(2);
    assertThat(statistics.cumulativeLost()).isZero();
    assertThat(statistics.highestSequenceNumber()).isEqualTo(106);
    assertThat(statistics.isReportable()).isTrue();
  }

  @Test
  void shouldReportNothingBeforeReception() {
    report(0);

    assertThat(block).isEqualTo(Bytes.hex("11223344", "0000000000000000000000000000000000000000"));
  }

  @Test
  void shouldCountCyclesOfTheSequenceNumber() {
    receiveAll(65_530, 200_000);

    assertThat(statistics.highestSequenceNumber()).isEqualTo(65_530 + 199_999);
    assertThat(statistics.cumulativeLost()).isZero();
    assertThat(statistics.received()).isEqualTo(199_999);
  }

  @Test
  void shouldCountLossAcrossAWrap() {
    receiveAll(65_530, 4); // to 65533
    receive(2); // 65534, 65535, 0 and 1 are lost

    assertThat(statistics.cumulativeLost()).isEqualTo(4);
    assertThat(statistics.highestSequenceNumber()).isEqualTo(65_536 + 2);
  }

  @Test
  void shouldTakeBackALossWhenThePacketComesLate() {
    receiveAll(65_530, 4);
    receive(2);
    receive(65_535);
    receive(1);

    assertThat(statistics.cumulativeLost()).isEqualTo(2);
    assertThat(statistics.highestSequenceNumber()).isEqualTo(65_536 + 2);
  }

  @Test
  void shouldCountDuplicatesAsReceived() {
    receiveAll(10, 5);
    receive(13);
    receive(14);
    receive(14);

    assertThat(statistics.cumulativeLost()).isEqualTo(-3);
    assertThat(statistics.received()).isEqualTo(7);
    report(0);
    assertThat(ReportBlock.cumulativeLost(block, 0)).isEqualTo(-3);
    assertThat(ReportBlock.fractionLost(block, 0)).isZero();
  }

  @Test
  void shouldReportTheFractionLostInEachInterval() {
    receiveAll(0, 2);
    report(0);
    for (int i = 2; i < 102; i++) {
      if (i % 4 != 0) {
        receive(i);
      }
    }
    report(1);
    assertThat(ReportBlock.fractionLost(block, 0)).isEqualTo(25 * 256 / 100);
    assertThat(statistics.fractionLost()).isEqualTo(64);
    assertThat(ReportBlock.cumulativeLost(block, 0)).isEqualTo(25);

    receiveAll(102, 50);
    report(2);
    assertThat(ReportBlock.fractionLost(block, 0)).isZero();
    assertThat(ReportBlock.cumulativeLost(block, 0)).isEqualTo(25);

    report(3);
    assertThat(ReportBlock.fractionLost(block, 0)).as("an interval without packets").isZero();
  }

  @Test
  void shouldBeReportableOnlyAfterFurtherReception() {
    receiveAll(0, 5);
    assertThat(statistics.isReportable()).isTrue();
    report(0);
    assertThat(statistics.isReportable()).isFalse();
    receive(5);
    assertThat(statistics.isReportable()).isTrue();
  }

  @Test
  void shouldTakeAGapOfUpTo2999PacketsForLoss() {
    receiveAll(0, 2);

    assertThat(receive(2 + 3_000)).isFalse();
    assertThat(receive(2 + 2_999)).isTrue();
    assertThat(statistics.cumulativeLost()).isEqualTo(2_999);
    assertThat(receive(2 + 2_999 - 99)).as("late").isTrue();
    assertThat(receive(2 + 2_999 - 100)).as("another sequence").isFalse();
  }

  @Test
  void shouldRestartWithASequenceThatStepsBackByLittle() {
    receiveAll(1_000, 200);

    receive(700);
    receiveAll(701, 50);
    assertThat(statistics.highestSequenceNumber()).isEqualTo(750);
    assertThat(statistics.cumulativeLost()).isZero();
  }

  @Test
  void shouldIgnoreASinglePacketThatJumps() {
    receiveAll(0, 10);

    assertThat(receive(30_000)).isFalse();
    assertThat(receive(10)).isTrue();
    assertThat(statistics.highestSequenceNumber()).isEqualTo(10);
    assertThat(statistics.cumulativeLost()).isZero();
  }

  @Test
  void shouldRestartWithASourceThatJumps() {
    receiveAll(0, 10);
    receive(12);
    statistics.onPacket(13, 90_000_000, 0);
    assertThat(statistics.jitter()).isPositive();
    report(0);

    assertThat(receive(30_000)).isFalse();
    assertThat(receive(30_001)).isTrue();
    receive(30_002);

    assertThat(statistics.highestSequenceNumber()).isEqualTo(30_002);
    assertThat(statistics.received()).isEqualTo(2);
    assertThat(statistics.cumulativeLost()).isZero();
    assertThat(statistics.jitter()).isEqualTo(3_000 / 16);
    assertThat(statistics.isReportable()).isTrue();
    report(1);
    assertThat(ReportBlock.fractionLost(block, 0)).isZero();
  }

  @Test
  void shouldReportTheLastSenderReportAndTheDelaySinceThen() {
    receiveAll(0, 3);
    statistics.onSenderReport(0x0123456789abcdefL, 2 * SECOND);
    report(7 * SECOND + SECOND / 4);

    assertThat(ReportBlock.lastSr(block, 0)).isEqualTo(0x456789ab);
    assertThat(ReportBlock.delaySinceLastSr(block, 0)).isEqualTo(0x00054000);
  }

  @Test
  void shouldGiveTheSenderItsRoundTripTime() {
    long sentAt = NtpTime.fromEpochMillis(1_800_000_000_000L);
    receiveAll(0, 3);
    statistics.onSenderReport(sentAt, -SECOND); // arrives after 30 ms, answered after 1.5 s
    report(SECOND / 2);

    int now = NtpTime.compact(NtpTime.fromEpochMillis(1_800_000_001_560L));
    long nanos =
        RoundTripTime.nanos(
            now, ReportBlock.lastSr(block, 0), ReportBlock.delaySinceLastSr(block, 0));

    assertThat(nanos).isCloseTo(60_000_000, within(31_000L));
  }

  @Test
  void shouldReportTheJitter() {
    receiveAll(0, 2);
    statistics.onPacket(2, 2 * 3_000 + 1_600, 0);
    report(0);

    assertThat(statistics.jitter()).isEqualTo(ReportBlock.jitter(block, 0)).isPositive();
  }

  @Test
  void shouldAgreeWithACountOfItsOwnUnderLossDuplicationAndReorder() {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      ReceptionStatistics counted = new ReceptionStatistics(round, 90_000);
      int base = random.nextInt(65_536);
      counted.onPacket(base - 1 & 0xFFFF, 0, 0);
      counted.onPacket(base, 0, 0);
      long received = 1;
      long highest = base;
      long next = base + 1;
      for (int i = 0; i < 1_000; i++) {
        int fate = random.nextInt(20);
        if (fate == 0) {
          next += 1 + random.nextInt(1_000); // lost
        }
        long number = fate == 1 ? Math.max(base, next - 1 - random.nextInt(100)) : next++;
        received += counted.onPacket((int) number & 0xFFFF, 0, 0) ? 1 : 0;
        highest = Math.max(highest, number);
      }
      assertThat(received).isEqualTo(1_001);
      assertThat(counted.received()).isEqualTo(received);
      assertThat(counted.highestSequenceNumber()).isEqualTo(highest);
      assertThat(counted.cumulativeLost()).isEqualTo(highest - base + 1 - received);
    }
  }

  @Test
  void shouldSurviveAnything() {
    Random random = new Random(11);
    for (int i = 0; i < 200_000; i++) {
      statistics.onPacket(random.nextInt(65_536), random.nextInt(), random.nextLong());
      if (i % 100 == 0) {
        report(random.nextLong());
        assertThat(ReportBlock.fractionLost(block, 0)).isBetween(0, 255);
      }
    }
  }

  @Test
  void shouldRefuseAClockThatStandsStill() {
    assertThatThrownBy(() -> new ReceptionStatistics(1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private boolean receive(int sequenceNumber) {
    return statistics.onPacket(sequenceNumber, sequenceNumber * 3_000, 0);
  }

  private void receiveAll(int first, int count) {
    for (int i = 0; i < count; i++) {
      receive(first + i & 0xFFFF);
    }
  }

  private void report(long nowNanos) {
    statistics.writeReportBlock(block, 0, nowNanos);
  }
}
