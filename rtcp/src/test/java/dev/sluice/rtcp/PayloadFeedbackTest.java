package dev.sluice.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Payload-specific feedback: RFC 4585 section 6.3.1, RFC 5104 section 4.3.1 and the REMB draft. */
class PayloadFeedbackTest {
  private static final byte[] PLI = Bytes.hex("81 ce 0002", "11223344", "55667788");

  private static final byte[] FIR =
      Bytes.hex("84 ce 0004", "11223344", "00000000", "55667788", "fe 000000");

  private static final byte[] REMB =
      Bytes.hex(
          "8f ce 0006",
          "11223344",
          "00000000",
          "52454d42", // "REMB"
          "02 0f d090", // 2 SSRCs; exponent 3, mantissa 0x3d090 = 250,000
          "aabbccdd",
          "55667788");

  @Test
  void shouldReadAndWritePictureLossIndications() {
    byte[] bytes = new byte[PictureLossIndication.LENGTH];

    int length = PictureLossIndication.write(bytes, 0, 0x11223344, 0x55667788);

    assertThat(length).isEqualTo(12);
    assertThat(bytes).isEqualTo(PLI);
    assertThat(PictureLossIndication.isValid(PLI, 0, 12)).isTrue();
    assertThat(FeedbackHeader.senderSsrc(PLI, 0)).isEqualTo(0x11223344);
    assertThat(FeedbackHeader.mediaSsrc(PLI, 0)).isEqualTo(0x55667788);
  }

  @Test
  void shouldRefusePictureLossIndicationsWithContents() {
    assertThat(PictureLossIndication.isValid(PLI, 0, 8)).isFalse();
    assertThat(PictureLossIndication.isValid(PLI, 0, 16)).isFalse();
  }

  @Test
  void shouldReadAndWriteFullIntraRequests() {
    byte[] bytes = new byte[FullIntraRequest.LENGTH];

    int length = FullIntraRequest.write(bytes, 0, 0x11223344, 0x55667788, 0xffffe);

    assertThat(length).isEqualTo(20);
    assertThat(bytes).isEqualTo(FIR);
    assertThat(FullIntraRequest.isValid(FIR, 0, 20)).isTrue();
    assertThat(FullIntraRequest.entryCount(20)).isEqualTo(1);
    assertThat(FullIntraRequest.ssrc(FIR, 0, 0)).isEqualTo(0x55667788);
    assertThat(FullIntraRequest.sequenceNumber(FIR, 0, 0)).isEqualTo(0xfe);
  }

  @Test
  void shouldReadEachEntryOfAFullIntraRequest() {
    byte[] fir = Bytes.hex("84ce0006 11223344 00000000", "0000000a 01000000", "0000000b 02000000");

    assertThat(FullIntraRequest.isValid(fir, 0, fir.length)).isTrue();
    assertThat(FullIntraRequest.entryCount(fir.length)).isEqualTo(2);
    assertThat(FullIntraRequest.ssrc(fir, 0, 1)).isEqualTo(0xb);
    assertThat(FullIntraRequest.sequenceNumber(fir, 0, 1)).isEqualTo(2);
  }

  @Test
  void shouldRefuseFullIntraRequestsWithoutWholeEntries() {
    assertThat(FullIntraRequest.isValid(FIR, 0, 12)).isFalse();
    assertThat(FullIntraRequest.isValid(FIR, 0, 16)).isFalse();
    assertThat(FullIntraRequest.isValid(FIR, 0, 24)).isFalse();
  }

  @Test
  void shouldReadAndWriteBitrateEstimates() {
    byte[] bytes = new byte[ReceiverEstimatedMaxBitrate.length(2)];

    int length =
        ReceiverEstimatedMaxBitrate.write(bytes, 0, 0x11223344, 2_000_000, 0xaabbccdd, 0x55667788);

    assertThat(length).isEqualTo(28);
    assertThat(bytes).isEqualTo(REMB);
    assertThat(ReceiverEstimatedMaxBitrate.isValid(REMB, 0, REMB.length)).isTrue();
    assertThat(ReceiverEstimatedMaxBitrate.bitrate(REMB, 0)).isEqualTo(2_000_000);
    assertThat(ReceiverEstimatedMaxBitrate.ssrcCount(REMB, 0)).isEqualTo(2);
    assertThat(ReceiverEstimatedMaxBitrate.ssrc(REMB, 0, 1)).isEqualTo(0x55667788);
  }

  @Test
  void shouldRefuseBitrateEstimatesWhoseCountContradictsTheirLength() {
    assertThat(ReceiverEstimatedMaxBitrate.isValid(REMB, 0, 24)).isFalse();
    assertThat(ReceiverEstimatedMaxBitrate.isValid(REMB, 0, 32)).isFalse();
    assertThat(ReceiverEstimatedMaxBitrate.isValid(REMB, 0, 16)).isFalse();
  }

  @Test
  void shouldRefuseBitrateEstimatesThatNoLongHolds() {
    byte[] remb = REMB.clone();
    remb[17] = (byte) (46 << 2 | 3); // the mantissa's highest bit would be bit 63
    assertThat(ReceiverEstimatedMaxBitrate.isValid(remb, 0, remb.length)).isFalse();
    remb[17] = (byte) (63 << 2 | 3);
    assertThat(ReceiverEstimatedMaxBitrate.isValid(remb, 0, remb.length)).isFalse();
    remb[17] = (byte) (45 << 2 | 3);
    assertThat(ReceiverEstimatedMaxBitrate.isValid(remb, 0, remb.length)).isTrue();
    assertThat(ReceiverEstimatedMaxBitrate.bitrate(remb, 0)).isEqualTo(0x3d090L << 45);
  }

  @Test
  void shouldRoundBitratesDownTo18Bits() {
    Random random = new Random(15);
    byte[] bytes = new byte[ReceiverEstimatedMaxBitrate.length(1)];
    for (int i = 0; i < 10_000; i++) {
      long bitrate = random.nextLong() >>> 1 + random.nextInt(63);

      ReceiverEstimatedMaxBitrate.write(bytes, 0, 1, bitrate, 2);

      assertThat(ReceiverEstimatedMaxBitrate.isValid(bytes, 0, bytes.length)).isTrue();
      assertThat(ReceiverEstimatedMaxBitrate.bitrate(bytes, 0))
          .isBetween(bitrate - (bitrate >> 17), bitrate);
    }
    ReceiverEstimatedMaxBitrate.write(bytes, 0, 1, Long.MAX_VALUE, 2);
    assertThat(ReceiverEstimatedMaxBitrate.bitrate(bytes, 0)).isEqualTo(0x3ffffL << 45);
  }

  @Test
  void shouldRefuseToWriteWhatDoesNotFit() {
    byte[] bytes = new byte[2_000];

    assertThatThrownBy(() -> ReceiverEstimatedMaxBitrate.write(bytes, 0, 1, -1, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ReceiverEstimatedMaxBitrate.write(bytes, 0, 1, 1, new int[256]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
