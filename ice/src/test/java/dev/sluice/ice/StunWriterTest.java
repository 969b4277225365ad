package dev.sluice.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StunWriterTest {
  private final StunMessage message = new StunMessage();
  private final StunWriter writer = new StunWriter();

  @Test
  void shouldWriteWhatIsRead() {
    byte[] bytes =
        Check.message(
            Stun.BINDING_REQUEST,
            writer ->
                writer
                    .software("a test")
                    .username("evtj", "h6vY")
                    .priority(0xFEDCBA98L)
                    .controlled(-2)
                    .useCandidate()
                    .integrity(Check.authenticator(), Check.LOCAL)
                    .fingerprint());

    assertThat(message.parse(bytes, 0, bytes.length)).isTrue();
    assertThat(message.username()).isEqualTo("evtj:h6vY");
    assertThat(message.priority()).isEqualTo(0xFEDCBA98L);
    assertThat(message.isControlled()).isTrue();
    assertThat(message.tieBreaker()).isEqualTo(-2);
    assertThat(message.useCandidate()).isTrue();
    assertThat(message.hasFingerprint()).isTrue();
    assertThat(Check.authenticator().verify(message, Check.LOCAL)).isTrue();
    byte[] transactionId = new byte[14];
    message.copyTransactionId(transactionId, 1);
    assertThat(Arrays.copyOfRange(transactionId, 1, 13)).isEqualTo(Check.TRANSACTION_ID);
  }

  @Test
  void shouldPadWithZerosWhateverTheArrayHeld() {
    byte[] buffer = new byte[64];
    Arrays.fill(buffer, (byte) 0xFF);
    writer.begin(buffer, 0, Stun.BINDING_REQUEST, Check.TRANSACTION_ID, 0).software("abcde");

    assertThat(HexFormat.of().formatHex(buffer, 20, writer.length()))
        .isEqualTo("802200056162636465000000");
  }

  @Test
  void shouldWriteAtAnOffset() {
    byte[] expected = Check.message(Stun.BINDING_SUCCESS, this::body);
    byte[] buffer = new byte[200];
    body(writer.begin(buffer, 33, Stun.BINDING_SUCCESS, Check.TRANSACTION_ID, 0));

    assertThat(Arrays.copyOfRange(buffer, 33, 33 + writer.length())).isEqualTo(expected);
    assertThat(message.parse(buffer, 33, writer.length())).isTrue();
    assertThat(message.xorMappedAddress()).isEqualTo(Addresses.C);
    assertThat(Check.authenticator().verify(message, Check.LOCAL)).isTrue();
  }

  private void body(StunWriter writer) {
    writer
        .xorMappedAddress(Addresses.C)
        .integrity(Check.authenticator(), Check.LOCAL)
        .fingerprint();
  }

  @Test
  void shouldCarryAnyAddress() throws Exception {
    Random random = new Random(5769);
    for (int i = 0; i < 2_000; i++) {
      byte[] ip = new byte[random.nextBoolean() ? 4 : 16];
      random.nextBytes(ip);
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getByAddress(ip), random.nextInt(0x10000));
      byte[] bytes = Check.message(Stun.BINDING_SUCCESS, w -> w.xorMappedAddress(address));

      assertThat(message.parse(bytes, 0, bytes.length)).isTrue();
      assertThat(message.xorMappedAddress()).isEqualTo(address);
    }
  }

  @Test
  void shouldCarryAnyErrorCode() {
    for (int code = 300; code < 700; code++) {
      int expected = code;
      byte[] bytes = Check.message(Stun.BINDING_ERROR, w -> w.errorCode(expected, "why"));

      assertThat(message.parse(bytes, 0, bytes.length)).isTrue();
      assertThat(message.errorCode()).isEqualTo(code);
    }
  }

  @Test
  void shouldRefuseMisuse() {
    writer.begin(new byte[40], 0, Stun.BINDING_REQUEST, Check.TRANSACTION_ID, 0);

    assertThatThrownBy(() -> writer.software("seventeen letters"))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> writer.errorCode(200, "OK"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> writer.xorMappedAddress(InetSocketAddress.createUnresolved("a.invalid", 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> writer.begin(new byte[19], 0, Stun.BINDING_REQUEST, Check.TRANSACTION_ID, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
