package dev.sluice.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class StunMessageTest {
  private final StunMessage message = new StunMessage();

  @Test
  void shouldAcceptAMessageWithoutAttributes() {
    assertThat(parse(Check.message(Stun.BINDING_INDICATION, writer -> {}))).isTrue();
    assertThat(message.messageType()).isEqualTo(Stun.BINDING_INDICATION);
    assertThat(message.username()).isNull();
    assertThat(message.priority()).isZero();
    assertThat(message.tieBreaker()).isZero();
    assertThat(message.xorMappedAddress()).isNull();
    assertThat(message.errorCode()).isZero();
    assertThat(message.hasIntegrity()).isFalse();
    assertThat(message.hasFingerprint()).isFalse();
  }

  @Test
  void shouldRefuseABrokenHeader() {
    byte[] valid = Check.plain();

    assertThat(parse(Arrays.copyOf(valid, 19))).isFalse();
    assertThat(parse(Arrays.copyOf(valid, valid.length - 4))).isFalse();
    assertThat(parse(Arrays.copyOf(valid, valid.length + 4))).isFalse();
    for (int offset : new int[] {0, 3, 4, 5, 6, 7}) {
      byte[] broken = valid.clone();
      broken[offset] ^= (byte) 0x41;
      assertThat(parse(broken)).as("byte %d", offset).isFalse();
    }
  }

  @Test
  void shouldRefuseALengthThatIsNoMultipleOf4() {
    byte[] message = Arrays.copyOf(Check.message(Stun.BINDING_REQUEST, writer -> {}), 23);
    message[3] = 3;

    assertThat(parse(message)).isFalse();
  }

  @Test
  void shouldRefuseAnAttributeThatOverrunsTheMessage() {
    byte[] message = Check.message(Stun.BINDING_REQUEST, writer -> writer.software("0123"));
    message[23] = 5;

    assertThat(parse(message)).isFalse();
    message[22] = (byte) 0xFF;
    message[23] = (byte) 0xFF;
    assertThat(parse(message)).isFalse();
    message[22] = 0;
    message[23] = 4;
    assertThat(parse(message)).isTrue();
  }

  @Test
  void shouldRefuseAttributesOfWrongSize() {
    int[] fixed = {
      StunAttribute.PRIORITY,
      StunAttribute.ICE_CONTROLLED,
      StunAttribute.ICE_CONTROLLING,
      StunAttribute.MESSAGE_INTEGRITY,
      StunAttribute.MESSAGE_INTEGRITY_SHA256,
      StunAttribute.XOR_MAPPED_ADDRESS,
      StunAttribute.ERROR_CODE,
      StunAttribute.FINGERPRINT
    };
    for (int type : fixed) {
      for (int length : new int[] {0, 1, 3, 12, 36}) {
        boolean parsed = parseBody(writer -> writer.attribute(type, new byte[length]));
        assertThat(parsed)
            .as("attribute %04x of %d bytes", type, length)
            .isEqualTo(type == StunAttribute.ERROR_CODE && length >= 4);
      }
    }
  }

  @Test
  void shouldRefuseAnUnknownAddressFamily() {
    assertThat(parseBody(w -> w.attribute(StunAttribute.XOR_MAPPED_ADDRESS, new byte[8])))
        .isFalse();
    assertThat(
            parseBody(
                w ->
                    w.attribute(
                        StunAttribute.XOR_MAPPED_ADDRESS, new byte[] {0, 1, 0, 0, 0, 0, 0, 0})))
        .isTrue();
  }

  @Test
  void shouldLetTheFirstOfDuplicatesCount() {
    parseBody(
        writer ->
            writer
                .username("first", "x")
                .username("second", "x")
                .priority(1)
                .priority(2)
                .controlling(3)
                .controlling(4)
                .xorMappedAddress(Addresses.A)
                .xorMappedAddress(Addresses.B));

    assertThat(message.username()).isEqualTo("first:x");
    assertThat(message.priority()).isEqualTo(1);
    assertThat(message.tieBreaker()).isEqualTo(3);
    assertThat(message.xorMappedAddress()).isEqualTo(Addresses.A);
  }

  @Test
  void shouldIgnoreAttributesBehindIntegrity() {
    boolean parsed =
        parseBody(
            writer ->
                writer
                    .username("evtj", "x")
                    .integrity(Check.authenticator(), Check.LOCAL)
                    .useCandidate()
                    .priority(7)
                    .controlled(1)
                    .attribute(0x7FFF, new byte[3])
                    .attribute(StunAttribute.PRIORITY, new byte[3])
                    .fingerprint());

    assertThat(parsed).isTrue();
    assertThat(message.useCandidate()).isFalse();
    assertThat(message.priority()).isZero();
    assertThat(message.isControlled()).isFalse();
    assertThat(message.unknownAttributeCount()).isZero();
    assertThat(message.hasFingerprint()).isTrue();
  }

  @Test
  void shouldReadSha256IntegrityBehindSha1ButNotTheOtherWayRound() {
    StunAuthenticator authenticator = Check.authenticator();

    parseBody(
        w -> w.integrity(authenticator, Check.LOCAL).integritySha256(authenticator, Check.LOCAL));
    assertThat(message.integritySha1()).isNotZero();
    assertThat(message.integritySha256()).isNotZero();

    parseBody(
        w -> w.integritySha256(authenticator, Check.LOCAL).integrity(authenticator, Check.LOCAL));
    assertThat(message.integritySha1()).isZero();
    assertThat(message.integritySha256()).isNotZero();
  }

  @Test
  void shouldRefuseAWrongOrMisplacedFingerprint() {
    byte[] wrong = Check.plain();
    wrong[wrong.length - 1]++;

    assertThat(parse(wrong)).isFalse();
    assertThat(parseBody(writer -> writer.fingerprint().priority(1))).isFalse();
    assertThat(parseBody(writer -> writer.priority(1).fingerprint())).isTrue();
  }

  @Test
  void shouldRefuseAnythingBehindARightFingerprint() {
    byte[] bytes =
        Check.message(Stun.BINDING_REQUEST, w -> w.fingerprint().attribute(0x8001, new byte[0]));
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, Stun.HEADER_LENGTH);
    BigEndian.putInt(bytes, 24, (int) crc.getValue() ^ StunAttribute.FINGERPRINT_XOR);

    assertThat(parse(bytes)).isFalse();
  }

  @Test
  void shouldListEachUnknownComprehensionRequiredAttributeOnce() {
    byte[] empty = {};
    parseBody(
        writer ->
            writer
                .attribute(0x7FFF, empty)
                .attribute(0xC057, empty)
                .attribute(0x0003, new byte[5])
                .attribute(0x7FFF, empty));

    assertThat(message.unknownAttributeCount()).isEqualTo(2);
    assertThat(message.unknownAttribute(0)).isEqualTo(0x7FFF);
    assertThat(message.unknownAttribute(1)).isEqualTo(0x0003);
    assertThatThrownBy(() -> message.unknownAttribute(2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void shouldRememberABoundedNumberOfUnknownAttributes() {
    boolean parsed =
        parseBody(
            writer -> {
              for (int type = 0x7000; type < 0x7100; type++) {
                writer.attribute(type, new byte[0]);
              }
            });

    assertThat(parsed).isTrue();
    assertThat(message.unknownAttributeCount()).isEqualTo(StunMessage.MAX_UNKNOWN_ATTRIBUTES);
  }

  @Test
  void shouldForgetThePreviousMessage() {
    parse(
        Check.request(Check.LOCAL, writer -> writer.useCandidate().attribute(0x7FFF, new byte[1])));
    parse(Check.message(Stun.BINDING_REQUEST, writer -> {}));

    assertThat(message.username()).isNull();
    assertThat(message.useCandidate()).isFalse();
    assertThat(message.hasIntegrity()).isFalse();
    assertThat(message.unknownAttributeCount()).isZero();
  }

  @Test
  void shouldCompareTheWholeUfragUpToTheColon() {
    parseBody(writer -> writer.username("evtj", "h6vY"));

    assertThat(message.isAddressedTo("evtj")).isTrue();
    assertThat(message.isAddressedTo("evt")).isFalse();
    assertThat(message.isAddressedTo("evtk")).isFalse();
    assertThat(message.isAddressedTo("evtjh")).isFalse();
    assertThat(message.isAddressedTo("evtj:h6vY")).isFalse();
    assertThat(message.isAddressedTo("evtj:h6vYlonger")).isFalse();
  }

  @Test
  void shouldRefuseASliceOutsideOfTheArray() {
    assertThatThrownBy(() -> message.parse(new byte[20], 1, 20))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private boolean parseBody(Consumer<StunWriter> body) {
    return parse(Check.message(Stun.BINDING_REQUEST, body));
  }

  private boolean parse(byte[] bytes) {
    return message.parse(bytes, 0, bytes.length);
  }
}
