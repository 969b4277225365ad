package dev.sluice.srtp;

import static dev.sluice.srtp.SrtpStatus.AUTHENTICATION_FAILED;
import static dev.sluice.srtp.SrtpStatus.KEY_EXPIRED;
import static dev.sluice.srtp.SrtpStatus.MALFORMED;
import static dev.sluice.srtp.SrtpStatus.REPLAYED;
import static dev.sluice.srtp.SrtpStatus.TOO_MANY_SSRCS;
import static dev.sluice.srtp.TestPackets.SSRC;
import static dev.sluice.srtp.TestPackets.bytes;
import static dev.sluice.srtp.TestPackets.keys;
import static dev.sluice.srtp.TestPackets.protect;
import static dev.sluice.srtp.TestPackets.receiverReport;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rtp.BigEndian;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtcpTest {

  private final Random random = new Random(11);

  /** RFC 3711, section 3.4: the index of each SSRC counts from zero. */
  @ParameterizedTest
  @EnumSource
  void shouldMakeThePacketsThatTheDefinitionSays(SrtpProfile profile)
      throws GeneralSecurityException {
    SrtpKeys keys = keys(random, profile);
    SrtcpSender sender = new SrtcpSender(keys, null);
    int[] indexes = new int[5];
    for (int i = 0; i < 300; i++) {
      int ssrc = random.nextInt(indexes.length);
      byte[] compound = Arrays.copyOf(receiverReport(ssrc, i), 32 + 4 * random.nextInt(200));

      assertThat(protect(sender, compound))
          .isEqualTo(Reference.srtcp(keys, indexes[ssrc]++, compound));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldRestoreThePacketAndKeepWhatIsAroundIt(SrtpProfile profile) {
    SrtpKeys keys = keys(random, profile);
    SrtcpSender sender = new SrtcpSender(keys, null);
    SrtcpReceiver receiver = new SrtcpReceiver(keys, null);
    for (int i = 0; i < 300; i++) {
      byte[] array = bytes(random, 2000);
      int offset = random.nextInt(500);
      int plainLength = 8 + 4 * random.nextInt(250);
      System.arraycopy(receiverReport(SSRC, i), 0, array, offset, 8);
      byte[] before = array.clone();

      int length = sender.protect(array, offset, plainLength);
      assertThat(length).isEqualTo(plainLength + profile.rtcpOverhead());
      assertThat(Arrays.copyOf(array, offset + 8)).isEqualTo(Arrays.copyOf(before, offset + 8));
      assertThat(Arrays.copyOfRange(array, offset + length, array.length))
          .isEqualTo(Arrays.copyOfRange(before, offset + length, before.length));

      assertThat(receiver.unprotect(array, offset, length)).isEqualTo(plainLength);
      assertThat(Arrays.copyOf(array, offset + plainLength))
          .isEqualTo(Arrays.copyOf(before, offset + plainLength));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldAcceptEachPacketOnceInAnyOrderWithinTheWindow(SrtpProfile profile) {
    SrtpKeys keys = keys(random, profile);
    SrtcpSender sender = new SrtcpSender(keys, null);
    SrtcpReceiver receiver = new SrtcpReceiver(keys, null, 64, 1);
    byte[][] packets = new byte[300][];
    for (int i = 0; i < packets.length; i++) {
      packets[i] = protect(sender, receiverReport(SSRC, i));
    }
    for (int i : new int[] {0, 63, 1, 62, 64, 299, 250}) {
      byte[] copy = packets[i].clone();
      assertThat(receiver.unprotect(copy, 0, copy.length)).isEqualTo(32);
      copy = packets[i].clone();
      assertThat(receiver.unprotect(copy, 0, copy.length)).isEqualTo(REPLAYED);
    }
    assertThat(receiver.unprotect(packets[100], 0, packets[100].length)).isEqualTo(REPLAYED);
  }

  @ParameterizedTest
  @EnumSource
  void shouldDetectEachFlippedBitAndStillAcceptTheOriginal(SrtpProfile profile) {
    SrtpKeys keys = keys(random, profile);
    SrtcpReceiver receiver = new SrtcpReceiver(keys, null);
    byte[] packet = protect(new SrtcpSender(keys, null), receiverReport(SSRC, 1));
    for (int bit = 0; bit < 8 * packet.length; bit++) {
      byte[] damaged = packet.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(receiver.unprotect(damaged, 0, damaged.length))
          .as("bit %d", bit)
          .isIn(AUTHENTICATION_FAILED, MALFORMED);
    }
    assertThat(receiver.unprotect(packet, 0, packet.length)).isEqualTo(32);
  }

  @ParameterizedTest
  @EnumSource
  void shouldRefuseTruncationsAndRandomBytes(SrtpProfile profile) {
    SrtpKeys keys = keys(random, profile);
    SrtcpReceiver receiver = new SrtcpReceiver(keys, null);
    byte[] packet = protect(new SrtcpSender(keys, null), receiverReport(SSRC, 1));
    for (int length = 0; length < packet.length; length++) {
      assertThat(receiver.unprotect(Arrays.copyOf(packet, length), 0, length))
          .isEqualTo(length < 8 + profile.rtcpOverhead() ? MALFORMED : AUTHENTICATION_FAILED);
    }
    for (int i = 0; i < 10_000; i++) {
      byte[] noise = bytes(random, random.nextInt(120));
      if (noise.length > 0) {
        noise[0] = (byte) (0x80 | noise[0] & 0x3F);
      }
      assertThat(receiver.unprotect(noise, 0, noise.length)).isNegative();
    }
    assertThat(receiver.unprotect(packet, 0, -1)).isEqualTo(MALFORMED);
    assertThat(receiver.unprotect(packet, 0, packet.length)).isEqualTo(32);
  }

  /** RFC 3711, section 3.4: a peer may authenticate without encrypting, and says so. */
  @Test
  void shouldTakeAPacketThatIsNotEncrypted() throws GeneralSecurityException {
    SrtpKeys keys = keys(random, SrtpProfile.AES_CM_128_HMAC_SHA1_80);
    byte[] report = receiverReport(SSRC, 1);
    byte[] packet = Arrays.copyOf(report, 32 + 4 + 10);
    BigEndian.putInt(packet, 32, 77);
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(Reference.derive(keys, 4, 20), "HmacSHA1"));
    System.arraycopy(mac.doFinal(Arrays.copyOf(packet, 36)), 0, packet, 36, 10);

    assertThat(new SrtcpReceiver(keys, null).unprotect(packet, 0, packet.length)).isEqualTo(32);
    assertThat(Arrays.copyOf(packet, 32)).isEqualTo(report);
  }

  @ParameterizedTest
  @EnumSource
  void shouldKeepStateOnlyForAuthenticSsrcsAndForNoMoreThanToldTo(SrtpProfile profile) {
    SrtpKeys keys = keys(random, profile);
    SrtcpSender sender = new SrtcpSender(keys, null);
    SrtcpSender forger = new SrtcpSender(keys(random, profile), null);
    SrtcpReceiver receiver = new SrtcpReceiver(keys, null, 64, 2);
    for (int ssrc = 100; ssrc < 200; ssrc++) {
      byte[] forged = protect(forger, receiverReport(ssrc, 1));
      assertThat(receiver.unprotect(forged, 0, forged.length)).isEqualTo(AUTHENTICATION_FAILED);
    }
    for (int ssrc = 1; ssrc <= 3; ssrc++) {
      byte[] packet = protect(sender, receiverReport(ssrc, 1));
      assertThat(receiver.unprotect(packet, 0, packet.length))
          .isEqualTo(ssrc <= 2 ? 32 : TOO_MANY_SSRCS);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldRefuseToSendMoreThanTheKeysMayServe(SrtpProfile profile) {
    SrtpTransform transform = SrtpTransform.forRtcp(keys(random, profile), null);
    SrtcpSender sender = new SrtcpSender(transform, SrtcpSender.MAX_PACKETS - 1);
    byte[] packet = Arrays.copyOf(receiverReport(SSRC, 1), 52);
    byte[] other = Arrays.copyOf(receiverReport(SSRC + 1, 1), 52);

    assertThat(sender.protect(packet, 0, 32)).isPositive();
    assertThat(sender.protect(packet, 0, 32)).isEqualTo(KEY_EXPIRED);
    assertThat(sender.protect(other, 0, 32)).isEqualTo(KEY_EXPIRED);
  }

  @Test
  void shouldRefuseToSendWhatIsTooShortAndWhatDoesNotFit() {
    SrtcpSender sender = new SrtcpSender(keys(random, SrtpProfile.AEAD_AES_128_GCM), null);

    assertThatThrownBy(() -> sender.protect(new byte[40], 0, 7))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sender.protect(new byte[51], 0, 32))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
