package dev.sluice.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 3550 sections 6.1 and 6.4.1 and appendix A.2, RFC 5506. */
class CompoundReaderTest {
  private static final String RR = "80c90001 11223344";
  private static final String SDES = "81ca0003 11223344 0105 6162636465 00";
  private static final String PLI = "81ce0002 11223344 55667788";
  private static final String NACK = "81cd0003 11223344 55667788 00640000";

  private final CompoundReader reader = new CompoundReader();

  @Test
  void shouldWalkACompoundPacket() {
    byte[] packet = Bytes.hex("ffff", RR, SDES, PLI, "ffff");

    assertThat(reader.wrap(packet, 2, packet.length - 4)).isTrue();

    assertThat(reader.next()).isTrue();
    assertThat(reader.type()).isEqualTo(MessageType.RECEIVER_REPORT);
    assertThat(reader.buffer()).isSameAs(packet);
    assertThat(reader.offset()).isEqualTo(2);
    assertThat(reader.length()).isEqualTo(8);
    assertThat(reader.next()).isTrue();
    assertThat(reader.type()).isEqualTo(MessageType.SOURCE_DESCRIPTION);
    assertThat(reader.offset()).isEqualTo(10);
    assertThat(reader.length()).isEqualTo(16);
    assertThat(reader.next()).isTrue();
    assertThat(reader.type()).isEqualTo(MessageType.PICTURE_LOSS_INDICATION);
    assertThat(reader.offset()).isEqualTo(26);
    assertThat(reader.length()).isEqualTo(12);
    assertThat(reader.next()).isFalse();
    assertThat(reader.next()).isFalse();
  }

  @Test
  void shouldWalkAPacketOfReducedSize() {
    assertThat(types(NACK)).containsExactly(MessageType.GENERIC_NACK);
    assertThat(types(PLI, NACK))
        .containsExactly(MessageType.PICTURE_LOSS_INDICATION, MessageType.GENERIC_NACK);
  }

  @Test
  void shouldKnowEachMessage() {
    assertThat(
            types(
                "80c80006 00000001 0000000000000002 00000003 00000004 00000005",
                RR,
                SDES,
                "81cb0001 11223344",
                "80cc0002 11223344 74657374",
                NACK,
                "8fcd0005 00000001 00000002 0000 0001 00000000 2001 0500",
                PLI,
                "84ce0004 00000001 00000000 00000002 01000000",
                "8fce0004 00000001 00000000 52454d42 00000001",
                "80cf0001 11223344"))
        .containsExactly(MessageType.values());
    assertThat(reader.unknownCount()).isZero();
    assertThat(reader.malformedCount()).isZero();
  }

  @Test
  void shouldPassOverUnknownMessages() {
    String unknownType = "80c30001 00000000";
    String unknownTransportFeedback = "8bcd0002 00000001 00000002";
    String unknownPayloadFeedback = "82ce0002 00000001 00000002";
    String otherApplicationFeedback = "8fce0003 00000001 00000002 58595a20";
    String tinyApplicationFeedback = "8fce0000";

    assertThat(
            types(
                unknownType,
                unknownTransportFeedback,
                PLI,
                unknownPayloadFeedback,
                otherApplicationFeedback,
                tinyApplicationFeedback))
        .containsExactly(MessageType.PICTURE_LOSS_INDICATION);
    assertThat(reader.unknownCount()).isEqualTo(5);
    assertThat(reader.malformedCount()).isZero();
  }

  @Test
  void shouldPassOverMalformedMessages() {
    String reportWithoutItsBlock = "81c90001 11223344";
    String nackWithoutEntry = "81cd0002 00000001 00000002";

    assertThat(types(reportWithoutItsBlock, PLI, nackWithoutEntry))
        .containsExactly(MessageType.PICTURE_LOSS_INDICATION);
    assertThat(reader.malformedCount()).isEqualTo(2);
    assertThat(reader.unknownCount()).isZero();
  }

  @Test
  void shouldRefuseABadVersionAnywhere() {
    assertThat(types("40c90001 11223344")).isNull();
    assertThat(types(RR, "c1ce0002 00000001 00000002")).isNull();
    assertThat(reader.badVersionCount()).isEqualTo(2);
  }

  @Test
  void shouldRefuseLengthsThatDoNotAddUp() {
    assertThat(types("")).isNull();
    assertThat(types("80c9")).isNull();
    assertThat(types("80c90002 11223344")).isNull();
    assertThat(types(RR, "80")).isNull();
    assertThat(types(RR, "81ce0003 00000001 00000002")).isNull();
    assertThat(reader.badLengthCount()).isEqualTo(5);
    assertThat(reader.next()).isFalse();
  }

  @Test
  void shouldLeaveOutPaddingOfTheLastMessage() {
    byte[] packet = Bytes.hex(RR, "a1ce0003 11223344 55667788 00000004");

    assertThat(reader.wrap(packet, 0, packet.length)).isTrue();
    assertThat(reader.next()).isTrue();
    assertThat(reader.next()).isTrue();
    assertThat(reader.type()).isEqualTo(MessageType.PICTURE_LOSS_INDICATION);
    assertThat(reader.length()).isEqualTo(12);
  }

  @Test
  void shouldAcceptPaddingWithinAWordAsTransportFeedbackHasIt() {
    byte[] packet = Bytes.hex("afcd0005 00000001 00000002 0000 0001 00000000 2001 05 01");

    assertThat(reader.wrap(packet, 0, packet.length)).isTrue();
    assertThat(reader.next()).isTrue();
    assertThat(reader.type()).isEqualTo(MessageType.TRANSPORT_FEEDBACK);
    assertThat(reader.length()).isEqualTo(23);
  }

  @Test
  void shouldRefuseBadPadding() {
    assertThat(types("a1ce0003 11223344 55667788 00000004", RR)).as("not last").isNull();
    assertThat(types(RR, "a1ce0003 11223344 55667788 00000000")).as("empty").isNull();
    assertThat(types(RR, "a1ce0003 11223344 55667788 0000000d")).as("all but 3 bytes").isNull();
    assertThat(types("a0c90000")).as("no room for padding").isNull();
    assertThat(reader.badPaddingCount()).isEqualTo(4);
  }

  @Test
  void shouldCountPaddedMessagesWithoutContentsAsMalformed() {
    assertThat(types("a1ce0003 11223344 55667788 0000000c")).isEmpty();
    assertThat(reader.malformedCount()).isEqualTo(1);
  }

  @Test
  void shouldHaveNoMessageBeforeNextAndAfterTheLast() {
    byte[] packet = Bytes.hex(RR);

    assertThat(reader.next()).isFalse();
    assertThatThrownBy(reader::type).isInstanceOf(IllegalStateException.class);
    reader.wrap(packet, 0, packet.length);
    assertThatThrownBy(reader::type).isInstanceOf(IllegalStateException.class);
    reader.next();
    reader.next();
    assertThatThrownBy(reader::type).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldRefuseASliceOutsideOfTheArray() {
    assertThatThrownBy(() -> reader.wrap(new byte[10], 4, 8))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  /** the types of the messages, or null when the packet is refused */
  private List<MessageType> types(String... messages) {
    byte[] packet = Bytes.hex(messages);
    if (!reader.wrap(packet, 0, packet.length)) {
      return null;
    }
    List<MessageType> types = new ArrayList<>();
    while (reader.next()) {
      types.add(reader.type());
    }
    return types;
  }
}
