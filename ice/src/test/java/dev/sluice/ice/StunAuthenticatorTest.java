package dev.sluice.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class StunAuthenticatorTest {
  private final StunMessage message = new StunMessage();
  private final StunAuthenticator authenticator = new StunAuthenticator();

  @Test
  void shouldComputeSha256OverAMessageThatEndsWithIt() throws Exception {
    byte[] bytes =
        message(writer -> writer.priority(1).integritySha256(authenticator, Check.LOCAL));

    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Check.LOCAL.pwd().getBytes("US-ASCII"), "HmacSHA256"));
    mac.update(bytes, 0, bytes.length - 36);
    assertThat(Arrays.copyOfRange(bytes, bytes.length - 32, bytes.length)).isEqualTo(mac.doFinal());
  }

  @Test
  void shouldNotCountWhatFollowsIntegrityInTheCoveredLength() throws Exception {
    byte[] alone = message(writer -> writer.integrity(authenticator, Check.LOCAL));
    byte[] followed =
        message(
            writer ->
                writer
                    .integrity(authenticator, Check.LOCAL)
                    .integritySha256(authenticator, Check.LOCAL)
                    .fingerprint());

    assertThat(Arrays.copyOfRange(followed, 20, alone.length))
        .isEqualTo(Arrays.copyOfRange(alone, 20, alone.length));
    assertThat(verify(alone)).isTrue();
    assertThat(verify(followed)).isTrue();
  }

  @Test
  void shouldRefuseAMessageWithoutIntegrity() {
    assertThat(verify(message(writer -> writer.username("evtj", "h6vY").fingerprint()))).isFalse();
  }

  @Test
  void shouldLetSha256DecideWhereBothArePresent() {
    byte[] rightSha1 =
        message(
            writer ->
                writer
                    .integrity(authenticator, Check.LOCAL)
                    .attribute(StunAttribute.MESSAGE_INTEGRITY_SHA256, new byte[32]));
    byte[] rightSha256 =
        message(
            writer ->
                writer
                    .attribute(StunAttribute.MESSAGE_INTEGRITY, new byte[20])
                    .integritySha256(authenticator, Check.LOCAL));

    assertThat(verify(rightSha1)).isFalse();
    assertThat(verify(rightSha256)).isTrue();
  }

  @Test
  void shouldRefuseATruncatedSha256() throws Exception {
    byte[] full = message(writer -> writer.integritySha256(authenticator, Check.LOCAL));
    byte[] truncated =
        message(
            writer ->
                writer.attribute(
                    StunAttribute.MESSAGE_INTEGRITY_SHA256, Arrays.copyOfRange(full, 24, 40)));

    assertThat(verify(full)).isTrue();
    assertThat(verify(truncated)).isFalse();
  }

  @Test
  void shouldVerifyWithoutWritingToTheMessage() {
    byte[] bytes = Check.plain();
    byte[] copy = bytes.clone();

    assertThat(verify(bytes)).isTrue();
    assertThat(bytes).isEqualTo(copy);
  }

  private static byte[] message(Consumer<StunWriter> body) {
    return Check.message(Stun.BINDING_REQUEST, body);
  }

  private boolean verify(byte[] bytes) {
    assertThat(message.parse(bytes, 0, bytes.length)).isTrue();
    return authenticator.verify(message, Check.LOCAL);
  }
}
