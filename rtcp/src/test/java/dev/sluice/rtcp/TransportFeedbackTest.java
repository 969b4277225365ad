package dev.sluice.rtcp;

import static dev.sluice.rtcp.TransportFeedback.NOT_RECEIVED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1. */
class TransportFeedbackTest {
  private static final byte[] FEEDBACK =
      Bytes.hex(
          "8f cd 0008",
          "11223344",
          "55667788",
          "fffe 0014", // base 65534, 20 statuses
          "000001 07", // reference time 64 ms, feedback 7
          "2003", // run of 3: small
          "a001", // one-bit vector: the first and the 14th arrived
          "e100", // two-bit vector: large, none, small; the rest exceeds the count
          "04 08 00 ff 01 fffc 02",
          "0000");

  @Test
  void shouldReadItsFields() {
    assertThat(isValid(FEEDBACK)).isTrue();
    assertThat(FeedbackHeader.senderSsrc(FEEDBACK, 0)).isEqualTo(0x11223344);
    assertThat(FeedbackHeader.mediaSsrc(FEEDBACK, 0)).isEqualTo(0x55667788);
    assertThat(TransportFeedback.baseSequenceNumber(FEEDBACK, 0)).isEqualTo(65_534);
    assertThat(TransportFeedback.statusCount(FEEDBACK, 0)).isEqualTo(20);
    assertThat(TransportFeedback.feedbackCount(FEEDBACK, 0)).isEqualTo(7);
  }

  @Test
  void shouldHandOverEachPacketWithItsArrival() {
    List<String> packets = packets(FEEDBACK);

    assertThat(packets).hasSize(20);
    assertThat(packets.subList(0, 5))
        .containsExactly("65534 260", "65535 268", "0 268", "1 523", "2 lost");
    assertThat(packets.subList(15, 20))
        .containsExactly("13 lost", "14 524", "15 520", "16 lost", "17 522");
  }

  @Test
  void shouldReadTheReferenceTimeAsSigned() {
    byte[] feedback =
        Bytes.hex("8fcd0005 00000001 00000002", "0005 0001", "ffffff 00", "2001 03 00");

    assertThat(isValid(feedback)).isTrue();
    assertThat(packets(feedback)).containsExactly("5 -253");
  }

  @Test
  void shouldReadRunsOfAllKinds() {
    byte[] feedback =
        Bytes.hex(
            "8fcd0006 00000001 00000002",
            "0000 0005",
            "000000 00",
            "0002 4002 2001",
            "0100 8000 05 00");

    assertThat(isValid(feedback)).isTrue();
    assertThat(packets(feedback))
        .containsExactly("0 lost", "1 lost", "2 256", "3 -32512", "4 -32507");
  }

  @Test
  void shouldAcceptDeltasWithoutAnyPaddingBehindThem() {
    assertThat(TransportFeedback.isValid(FEEDBACK, 0, FEEDBACK.length - 2)).isTrue();
  }

  @Test
  void shouldRefuseChunksAndDeltasThatExceedTheMessage() {
    for (int length = 0; length < FEEDBACK.length - 2; length++) {
      assertThat(TransportFeedback.isValid(FEEDBACK, 0, length)).isFalse();
    }
  }

  @Test
  void shouldRefuseReservedSymbolsAndEmptyRuns() {
    assertThat(isValid(Bytes.hex("8fcd0005 00000001 00000002 0000 0001 00000000 6001 0000")))
        .as("reserved symbol in a run")
        .isFalse();
    assertThat(isValid(Bytes.hex("8fcd0005 00000001 00000002 0000 0001 00000000 f000 0000")))
        .as("reserved symbol in a vector")
        .isFalse();
    assertThat(isValid(Bytes.hex("8fcd0005 00000001 00000002 0000 0001 00000000 0000 0001")))
        .as("empty run")
        .isFalse();
  }

  @Test
  void shouldIgnoreSymbolsBeyondTheStatusCount() {
    byte[] feedback =
        Bytes.hex("8fcd0005 00000001 00000002", "0000 0001", "000000 00", "dfff 05 00");

    assertThat(isValid(feedback)).isTrue();
    assertThat(packets(feedback)).containsExactly("0 5");
  }

  private static boolean isValid(byte[] message) {
    return TransportFeedback.isValid(message, 0, message.length);
  }

  /** "sequence number, arrival in ticks of 250 us" */
  private static List<String> packets(byte[] message) {
    List<String> packets = new ArrayList<>();
    TransportFeedback.forEachPacket(
        message,
        0,
        (sequenceNumber, arrivalNanos) ->
            packets.add(
                sequenceNumber
                    + " "
                    + (arrivalNanos == NOT_RECEIVED ? "lost" : arrivalNanos / 250_000)));
    return packets;
  }
}
