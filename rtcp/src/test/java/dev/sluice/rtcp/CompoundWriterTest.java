package dev.sluice.rtcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 3550 section 6.1 and RFC 5506. */
class CompoundWriterTest {
  private static final byte[] CNAME = "abcde".getBytes(UTF_8);

  private final CompoundWriter writer = new CompoundWriter();
  private final byte[] bytes = new byte[4_000];

  @Test
  void shouldWriteACompoundPacket() {
    writer.wrap(bytes, 0, 200);

    assertThat(writer.senderReport(1, 2, 3, 4, 5)).isTrue();
    ReportBlock.write(bytes, writer.claimReportBlock(), 6, 7, 8, 9, 10, 11, 12);
    assertThat(writer.cname(1, CNAME)).isTrue();
    PictureLossIndication.write(bytes, writer.claim(PictureLossIndication.LENGTH), 1, 2);

    assertThat(Bytes.copyOf(bytes, 0, writer.length()))
        .isEqualTo(
            Bytes.hex(
                "81c8000c 00000001 0000000000000002 00000003 00000004 00000005",
                "00000006 07000008 00000009 0000000a 0000000b 0000000c",
                "81ca0003 00000001 0105 6162636465 00",
                "81ce0002 00000001 00000002"));
  }

  @Test
  void shouldWriteAnEmptyReceiverReport() {
    writer.wrap(bytes, 5, 8);

    assertThat(writer.receiverReport(0x11223344)).isTrue();

    assertThat(writer.length()).isEqualTo(8);
    assertThat(writer.remaining()).isZero();
    assertThat(Bytes.copyOf(bytes, 5, 8)).isEqualTo(Bytes.hex("80c90001 11223344"));
  }

  @Test
  void shouldGatherCnamesInOneMessage() {
    writer.wrap(bytes, 0, 200);
    writer.receiverReport(1);
    writer.cname(1, CNAME);
    writer.cname(2, CNAME);

    assertThat(Bytes.copyOf(bytes, 8, writer.length() - 8))
        .isEqualTo(
            Bytes.hex("82ca0006", "00000001 0105 6162636465 00", "00000002 0105 6162636465 00"));
  }

  @Test
  void shouldStartAnotherSourceDescriptionAfterAnotherMessageOr31Chunks() {
    writer.wrap(bytes, 0, 2_000);
    writer.receiverReport(0);
    for (int i = 0; i < 32; i++) {
      assertThat(writer.cname(i, CNAME)).isTrue();
    }
    Bye.write(bytes, writer.claim(Bye.length(1, 0)), 0);
    writer.cname(33, CNAME);

    assertThat(countsByMessage()).containsExactly(0, 31, 1, 1, 1);
  }

  @Test
  void shouldGoOnInAReceiverReportAfter31ReportBlocks() {
    writer.wrap(bytes, 0, bytes.length);
    writer.senderReport(7, 0, 0, 0, 0);
    for (int i = 0; i < 70; i++) {
      ReportBlock.write(bytes, writer.claimReportBlock(), i, 0, 0, 0, 0, 0, 0);
    }

    assertThat(countsByMessage()).containsExactly(31, 31, 8);
    int second = SenderReport.length(31);
    assertThat(ReceiverReport.ssrc(bytes, second)).isEqualTo(7);
    assertThat(ReportBlock.ssrc(bytes, ReceiverReport.blockOffset(second, 0))).isEqualTo(31);
  }

  @Test
  void shouldLeaveThePacketAsItWasWhenFull() {
    for (int capacity = 0; capacity < 100; capacity++) {
      writer.wrap(bytes, 3, capacity);

      boolean report = writer.receiverReport(1);
      assertThat(report).isEqualTo(capacity >= 8);
      if (!report) {
        assertThat(writer.length()).isZero();
        continue;
      }
      assertThat(writer.claimReportBlock() != CompoundWriter.FULL).isEqualTo(capacity >= 32);
      int length = writer.length();
      assertThat(writer.cname(1, CNAME)).isEqualTo(capacity >= length + 16);
      length = writer.length();
      assertThat(writer.claim(12)).isEqualTo(capacity >= length + 12 ? 3 + length : -1);
      assertThat(writer.length()).isLessThanOrEqualTo(capacity);
      assertThat(new CompoundReader().wrap(bytes, 3, length)).isTrue();
    }
  }

  @Test
  void shouldLeaveThePacketAsItWasWhenFullAtAMessageBoundary() {
    writer.wrap(bytes, 0, SenderReport.length(31) + ReceiverReport.length(1) - 1);
    writer.senderReport(7, 0, 0, 0, 0);
    for (int i = 0; i < 31; i++) {
      writer.claimReportBlock();
    }

    assertThat(writer.claimReportBlock()).isEqualTo(CompoundWriter.FULL);
    assertThat(writer.length()).isEqualTo(SenderReport.length(31));
    assertThat(writer.cname(1, CNAME)).isTrue();
    assertThat(writer.cname(2, CNAME)).isTrue();
    assertThat(writer.cname(3, CNAME)).isFalse();
    assertThat(countsByMessage()).containsExactly(31, 2);
  }

  @Test
  void shouldInsistOnAReportFirst() {
    writer.wrap(bytes, 0, 200);

    assertThatThrownBy(() -> writer.claim(12)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> writer.cname(1, CNAME)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(writer::claimReportBlock).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldInsistOnReportBlocksRightBehindTheReport() {
    writer.wrap(bytes, 0, 200);
    writer.receiverReport(1);
    writer.cname(1, CNAME);

    assertThatThrownBy(writer::claimReportBlock).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldWriteAPacketOfReducedSize() {
    writer.wrapReducedSize(bytes, 0, 12);

    int at = writer.claim(PictureLossIndication.LENGTH);

    assertThat(at).isZero();
    assertThat(writer.claim(4)).isEqualTo(CompoundWriter.FULL);
    assertThat(writer.length()).isEqualTo(12);
  }

  @Test
  void shouldForgetThePacketBefore() {
    writer.wrap(bytes, 0, 200);
    writer.receiverReport(1);
    writer.cname(1, CNAME);

    writer.wrap(bytes, 100, 50);

    assertThat(writer.length()).isZero();
    assertThat(writer.remaining()).isEqualTo(50);
    assertThatThrownBy(() -> writer.cname(1, CNAME)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> writer.wrap(bytes, 3_999, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private List<Integer> countsByMessage() {
    List<Integer> counts = new ArrayList<>();
    CompoundReader reader = new CompoundReader();
    assertThat(reader.wrap(bytes, 0, writer.length())).isTrue();
    while (reader.next()) {
      counts.add(RtcpHeader.count(bytes, reader.offset()));
    }
    return counts;
  }
}
