package dev.sluice.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sender and receiver reports with their report blocks: RFC 3550 sections 6.4.1 and 6.4.2. */
class ReportsTest {
  private static final byte[] BLOCK =
      Bytes.hex("aabbccdd", "40fffffe", "00021234", "00000abc", "83aa7e80", "00018000");

  private static final byte[] SENDER_REPORT =
      Bytes.hex(
          "81 c8 000c",
          "11223344",
          "e4d8a1b2 80000000",
          "cafebabe",
          "ffffffff",
          "80000001",
          "aabbccdd 40fffffe 00021234 00000abc 83aa7e80 00018000");

  private static final byte[] RECEIVER_REPORT =
      Bytes.hex("81 c9 0007", "11223344", "aabbccdd 40fffffe 00021234 00000abc 83aa7e80 00018000");

  @Test
  void shouldReadAReportBlock() {
    assertThat(ReportBlock.ssrc(BLOCK, 0)).isEqualTo(0xaabbccdd);
    assertThat(ReportBlock.fractionLost(BLOCK, 0)).isEqualTo(64);
    assertThat(ReportBlock.cumulativeLost(BLOCK, 0)).isEqualTo(-2);
    assertThat(ReportBlock.highestSequenceNumber(BLOCK, 0)).isEqualTo(0x21234);
    assertThat(ReportBlock.jitter(BLOCK, 0)).isEqualTo(0xabc);
    assertThat(ReportBlock.lastSr(BLOCK, 0)).isEqualTo(0x83aa7e80);
    assertThat(ReportBlock.delaySinceLastSr(BLOCK, 0)).isEqualTo(0x18000);
  }

  @Test
  void shouldReadUnsignedQuantities() {
    byte[] block = Bytes.hex("00000000", "ff7fffff", "ffffffff", "fffffffe", "00000000 00000000");

    assertThat(ReportBlock.fractionLost(block, 0)).isEqualTo(255);
    assertThat(ReportBlock.cumulativeLost(block, 0)).isEqualTo(0x7fffff);
    assertThat(ReportBlock.highestSequenceNumber(block, 0)).isEqualTo(0xffffffffL);
    assertThat(ReportBlock.jitter(block, 0)).isEqualTo(0xfffffffeL);
  }

  @Test
  void shouldClampTheCumulativeLossTo24Bits() {
    assertThat(cumulativeLostAfterWriting(0x7fffff)).isEqualTo(0x7fffff);
    assertThat(cumulativeLostAfterWriting(0x800000)).isEqualTo(0x7fffff);
    assertThat(cumulativeLostAfterWriting(Long.MAX_VALUE)).isEqualTo(0x7fffff);
    assertThat(cumulativeLostAfterWriting(-0x800000)).isEqualTo(-0x800000);
    assertThat(cumulativeLostAfterWriting(Long.MIN_VALUE)).isEqualTo(-0x800000);
  }

  @Test
  void shouldReadASenderReport() {
    assertThat(SenderReport.isValid(SENDER_REPORT, 0, SENDER_REPORT.length)).isTrue();
    assertThat(SenderReport.ssrc(SENDER_REPORT, 0)).isEqualTo(0x11223344);
    assertThat(SenderReport.ntpTimestamp(SENDER_REPORT, 0)).isEqualTo(0xe4d8a1b280000000L);
    assertThat(SenderReport.rtpTimestamp(SENDER_REPORT, 0)).isEqualTo(0xcafebabe);
    assertThat(SenderReport.packetCount(SENDER_REPORT, 0)).isEqualTo(0xffffffffL);
    assertThat(SenderReport.octetCount(SENDER_REPORT, 0)).isEqualTo(0x80000001L);
    assertThat(SenderReport.blockCount(SENDER_REPORT, 0)).isEqualTo(1);
    assertThat(ReportBlock.ssrc(SENDER_REPORT, SenderReport.blockOffset(0, 0)))
        .isEqualTo(0xaabbccdd);
  }

  @Test
  void shouldWriteASenderReport() {
    byte[] bytes = new byte[SENDER_REPORT.length + 2];

    int length =
        SenderReport.write(
            bytes, 1, 0x11223344, 0xe4d8a1b280000000L, 0xcafebabe, 0xffffffffL, 0x80000001L, 1);
    writeBlock(bytes, SenderReport.blockOffset(1, 0));

    assertThat(length).isEqualTo(SENDER_REPORT.length);
    assertThat(Bytes.copyOf(bytes, 1, length)).isEqualTo(SENDER_REPORT);
    assertThat(bytes[0]).isZero();
    assertThat(bytes[length + 1]).isZero();
  }

  @Test
  void shouldReadAReceiverReport() {
    assertThat(ReceiverReport.isValid(RECEIVER_REPORT, 0, RECEIVER_REPORT.length)).isTrue();
    assertThat(ReceiverReport.ssrc(RECEIVER_REPORT, 0)).isEqualTo(0x11223344);
    assertThat(ReceiverReport.blockCount(RECEIVER_REPORT, 0)).isEqualTo(1);
    assertThat(ReportBlock.ssrc(RECEIVER_REPORT, ReceiverReport.blockOffset(0, 0)))
        .isEqualTo(0xaabbccdd);
  }

  @Test
  void shouldWriteAReceiverReport() {
    byte[] bytes = new byte[RECEIVER_REPORT.length + 2];

    int length = ReceiverReport.write(bytes, 1, 0x11223344, 1);
    writeBlock(bytes, ReceiverReport.blockOffset(1, 0));

    assertThat(Bytes.copyOf(bytes, 1, length)).isEqualTo(RECEIVER_REPORT);
  }

  @Test
  void shouldAcceptProfileSpecificExtensions() {
    byte[] senderReport = new byte[28 + 8];
    byte[] receiverReport = new byte[8 + 4];

    assertThat(SenderReport.isValid(senderReport, 0, senderReport.length)).isTrue();
    assertThat(ReceiverReport.isValid(receiverReport, 0, receiverReport.length)).isTrue();
  }

  @Test
  void shouldRefuseReportsThatAreShorterThanTheirCountSays() {
    for (int length = 0; length < SENDER_REPORT.length; length++) {
      assertThat(SenderReport.isValid(SENDER_REPORT, 0, length)).isFalse();
    }
    for (int length = 0; length < RECEIVER_REPORT.length; length++) {
      assertThat(ReceiverReport.isValid(RECEIVER_REPORT, 0, length)).isFalse();
    }
  }

  @Test
  void shouldReadBackAnyReportBlock() {
    Random random = new Random(6_41);
    byte[] bytes = new byte[64];
    for (int i = 0; i < 10_000; i++) {
      int at = random.nextInt(bytes.length - ReportBlock.LENGTH + 1);
      int ssrc = random.nextInt();
      int fraction = random.nextInt(256);
      int lost = random.nextInt(1 << 24) - (1 << 23);
      long highest = random.nextInt() & 0xffffffffL;
      long jitter = random.nextInt() & 0xffffffffL;
      int lastSr = random.nextInt();
      int delay = random.nextInt();

      ReportBlock.write(bytes, at, ssrc, fraction, lost, highest, jitter, lastSr, delay);

      assertThat(ReportBlock.ssrc(bytes, at)).isEqualTo(ssrc);
      assertThat(ReportBlock.fractionLost(bytes, at)).isEqualTo(fraction);
      assertThat(ReportBlock.cumulativeLost(bytes, at)).isEqualTo(lost);
      assertThat(ReportBlock.highestSequenceNumber(bytes, at)).isEqualTo(highest);
      assertThat(ReportBlock.jitter(bytes, at)).isEqualTo(jitter);
      assertThat(ReportBlock.lastSr(bytes, at)).isEqualTo(lastSr);
      assertThat(ReportBlock.delaySinceLastSr(bytes, at)).isEqualTo(delay);
    }
  }

  private static void writeBlock(byte[] bytes, int at) {
    ReportBlock.write(bytes, at, 0xaabbccdd, 64, -2, 0x21234, 0xabc, 0x83aa7e80, 0x18000);
  }

  private static int cumulativeLostAfterWriting(long lost) {
    byte[] bytes = new byte[ReportBlock.LENGTH];
    ReportBlock.write(bytes, 0, 1, 0, lost, 0, 0, 0, 0);
    return ReportBlock.cumulativeLost(bytes, 0);
  }
}
