package dev.sluice.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 3611 sections 2, 3, 4.4 and 4.5. */
class ExtendedReportTest {
  private static final byte[] REPORT =
      Bytes.hex(
          "80 cf 000d",
          "11223344",
          "04 00 0002 e4d8a1b2 80000000", // receiver reference time
          "c8 ff 0001 deadbeef", // a block of unknown type
          "05 00 0006", // DLRR
          "aabbccdd 83aa7e80 00018000",
          "55667788 00000000 00000000");

  @Test
  void shouldReadTheBlocksItKnowsAmongOthers() {
    List<Integer> types = new ArrayList<>();

    assertThat(isValid(REPORT)).isTrue();
    assertThat(ExtendedReport.ssrc(REPORT, 0)).isEqualTo(0x11223344);
    for (int block = ExtendedReport.firstBlock(0);
        block < REPORT.length;
        block = ExtendedReport.nextBlock(REPORT, block)) {
      int type = ExtendedReport.blockType(REPORT, block);
      types.add(type);
      if (type == ReceiverReferenceTimeBlock.TYPE) {
        assertThat(ReceiverReferenceTimeBlock.ntpTimestamp(REPORT, block))
            .isEqualTo(0xe4d8a1b280000000L);
      } else if (type == DlrrBlock.TYPE) {
        assertThat(DlrrBlock.reportCount(REPORT, block)).isEqualTo(2);
        assertThat(DlrrBlock.ssrc(REPORT, block, 0)).isEqualTo(0xaabbccdd);
        assertThat(DlrrBlock.lastRr(REPORT, block, 0)).isEqualTo(0x83aa7e80);
        assertThat(DlrrBlock.delaySinceLastRr(REPORT, block, 0)).isEqualTo(0x18000);
        assertThat(DlrrBlock.ssrc(REPORT, block, 1)).isEqualTo(0x55667788);
      }
    }
    assertThat(types).containsExactly(4, 200, 5);
  }

  @Test
  void shouldWriteBlocks() {
    int blocksLength = ReceiverReferenceTimeBlock.LENGTH + DlrrBlock.length(2);
    byte[] bytes = new byte[ExtendedReport.length(blocksLength)];

    int length = ExtendedReport.write(bytes, 0, 0x11223344, blocksLength);
    int time = ExtendedReport.firstBlock(0);
    ReceiverReferenceTimeBlock.write(bytes, time, 0xe4d8a1b280000000L);
    int dlrr = ExtendedReport.nextBlock(bytes, time);
    DlrrBlock.write(bytes, dlrr, 2);
    DlrrBlock.writeReport(bytes, dlrr, 0, 0xaabbccdd, 0x83aa7e80, 0x18000);
    DlrrBlock.writeReport(bytes, dlrr, 1, 0x55667788, 0, 0);

    assertThat(length).isEqualTo(bytes.length);
    assertThat(isValid(bytes)).isTrue();
    assertThat(bytes)
        .isEqualTo(
            Bytes.hex(
                "80 cf 000b 11223344",
                "04 00 0002 e4d8a1b2 80000000",
                "05 00 0006 aabbccdd 83aa7e80 00018000 55667788 00000000 00000000"));
  }

  @Test
  void shouldAcceptAReportWithoutBlocks() {
    assertThat(isValid(Bytes.hex("80cf0001 11223344"))).isTrue();
    assertThat(isValid(Bytes.hex("80cf0002 11223344 05000000"))).as("empty DLRR").isTrue();
  }

  @Test
  void shouldRefuseBlocksThatDoNotAddUpToTheMessage() {
    assertThat(isValid(Bytes.hex("80cf0000"))).as("no SSRC").isFalse();
    assertThat(isValid(Bytes.hex("80cf0002 11223344 c8000001"))).as("block too long").isFalse();
    assertThat(isValid(Bytes.hex("80cf0004 11223344 04000001 00000000 c8000000")))
        .as("reference time too short")
        .isFalse();
    assertThat(isValid(Bytes.hex("80cf0004 11223344 05000002 00000000 00000000")))
        .as("half a DLRR report")
        .isFalse();
    for (int length = 0; length < REPORT.length; length++) {
      boolean blockEnds = length == 8 || length == 20 || length == 28;
      assertThat(ExtendedReport.isValid(REPORT, 0, length)).isEqualTo(blockEnds);
    }
  }

  private static boolean isValid(byte[] message) {
    return ExtendedReport.isValid(message, 0, message.length);
  }
}
