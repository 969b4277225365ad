package dev.sluice.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Test vectors of RFC 5769 sections 2.1 to 2.3. */
class Rfc5769VectorsTest {
  /** Section 2.1: padded with blanks, which a receiver has to ignore. */
  static final String REQUEST =
      "000100582112a442b7e7a701bc34d686fa87dfae"
          + "802200105354554e207465737420636c69656e74"
          + "002400046e0001ff"
          + "80290008932ff9b151263b36"
          + "000600096576746a3a68367659202020"
          + "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2"
          + "80280004e57a3bcf";

  /** Section 2.2. */
  static final String IPV4_RESPONSE =
      "0101003c2112a442b7e7a701bc34d686fa87dfae"
          + "8022000b7465737420766563746f7220"
          + "002000080001a147e112a643"
          + "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7"
          + "80280004c07d4c96";

  /** Section 2.3. */
  static final String IPV6_RESPONSE =
      "010100482112a442b7e7a701bc34d686fa87dfae"
          + "8022000b7465737420766563746f7220"
          + "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9"
          + "00080014a382954e4be67bf11784c97c8292c275bfe3ed41"
          + "80280004c8fb0b4c";

  static final IceCredentials CREDENTIALS = new IceCredentials("evtj", "VOkJxbRl1RmTxUk/WvJxBt");

  private final StunMessage message = new StunMessage();
  private final StunAuthenticator authenticator = new StunAuthenticator();

  @Test
  void shouldReadTheSampleRequest() {
    parse(REQUEST);

    assertThat(message.messageType()).isEqualTo(Stun.BINDING_REQUEST);
    assertThat(message.username()).isEqualTo("evtj:h6vY");
    assertThat(message.priority()).isEqualTo(0x6e0001ffL);
    assertThat(message.isControlled()).isTrue();
    assertThat(message.isControlling()).isFalse();
    assertThat(message.tieBreaker()).isEqualTo(0x932ff9b151263b36L);
    assertThat(message.useCandidate()).isFalse();
    assertThat(message.unknownAttributeCount()).isZero();
    assertThat(message.hasFingerprint()).isTrue();
    assertThat(authenticator.verify(message, CREDENTIALS)).isTrue();
  }

  @Test
  void shouldReadTheSampleIpv4Response() throws Exception {
    parse(IPV4_RESPONSE);

    assertThat(message.messageType()).isEqualTo(Stun.BINDING_SUCCESS);
    assertThat(message.xorMappedAddress())
        .isEqualTo(new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 32853));
    assertThat(message.hasFingerprint()).isTrue();
    assertThat(authenticator.verify(message, CREDENTIALS)).isTrue();
  }

  @Test
  void shouldReadTheSampleIpv6Response() throws Exception {
    parse(IPV6_RESPONSE);

    InetAddress address = InetAddress.getByName("2001:db8:1234:5678:11:2233:4455:6677");
    assertThat(message.messageType()).isEqualTo(Stun.BINDING_SUCCESS);
    assertThat(message.xorMappedAddress()).isEqualTo(new InetSocketAddress(address, 32853));
    assertThat(message.hasFingerprint()).isTrue();
    assertThat(authenticator.verify(message, CREDENTIALS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {REQUEST, IPV4_RESPONSE, IPV6_RESPONSE})
  void shouldRefuseAnotherPassword(String vector) {
    parse(vector);

    IceCredentials other = new IceCredentials("evtj", "VOkJxbRl1RmTxUk/WvJxBu");
    assertThat(authenticator.verify(message, other)).isFalse();
    assertThat(authenticator.verify(message, CREDENTIALS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {REQUEST, IPV4_RESPONSE, IPV6_RESPONSE})
  void shouldRefuseEverySingleBitErrorThatIntegrityCovers(String vector) {
    byte[] bytes = HexFormat.of().parseHex(vector);
    int covered = bytes.length - 8;
    for (int bit = 0; bit < 8 * covered; bit++) {
      byte[] flipped = flip(bytes, bit);
      boolean accepted =
          message.parse(flipped, 0, flipped.length) && authenticator.verify(message, CREDENTIALS);
      assertThat(accepted).as("bit %d", bit).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {REQUEST, IPV4_RESPONSE, IPV6_RESPONSE})
  void shouldNeverReportAFingerprintOverASingleBitError(String vector) {
    byte[] bytes = HexFormat.of().parseHex(vector);
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] flipped = flip(bytes, bit);
      boolean reported = message.parse(flipped, 0, flipped.length) && message.hasFingerprint();
      assertThat(reported).as("bit %d", bit).isFalse();
    }
  }

  @Test
  void shouldPeekTheUfragOfTheSampleRequest() {
    byte[] bytes = HexFormat.of().parseHex(REQUEST);

    assertThat(Stun.isStun(bytes[0])).isTrue();
    assertThat(Stun.localUfrag(bytes, 0, bytes.length)).isEqualTo("evtj");
  }

  private void parse(String vector) {
    byte[] bytes = HexFormat.of().parseHex(vector);
    assertThat(message.parse(bytes, 0, bytes.length)).isTrue();
  }

  private static byte[] flip(byte[] bytes, int bit) {
    byte[] flipped = bytes.clone();
    flipped[bit / 8] ^= (byte) (0x80 >> bit % 8);
    return flipped;
  }
}
