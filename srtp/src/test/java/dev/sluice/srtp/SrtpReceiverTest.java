package dev.sluice.srtp;

import static dev.sluice.srtp.SrtpStatus.AUTHENTICATION_FAILED;
import static dev.sluice.srtp.SrtpStatus.KEY_EXPIRED;
import static dev.sluice.srtp.SrtpStatus.MALFORMED;
import static dev.sluice.srtp.SrtpStatus.REPLAYED;
import static dev.sluice.srtp.SrtpStatus.TOO_MANY_SSRCS;
import static dev.sluice.srtp.TestPackets.SSRC;
import static dev.sluice.srtp.TestPackets.bytes;
import static dev.sluice.srtp.TestPackets.header;
import static dev.sluice.srtp.TestPackets.keys;
import static dev.sluice.srtp.TestPackets.protect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rtp.BigEndian;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpReceiverTest {

  private static final int PAYLOAD_LENGTH = 40;
  private static final int PLAIN_LENGTH = 12 + PAYLOAD_LENGTH;

  private final Random random = new Random(7);
  private final byte[] payload = bytes(random, PAYLOAD_LENGTH);

  /** RFC 3711, section 3.3.1 and appendix A. */
  @ParameterizedTest
  @CsvSource({
    "0x000000000, 0x0001, 0x000000001",
    "0x000000000, 0x7FFF, 0x000007FFF",
    "0x000000000, 0x8000, 0x000008000",
    "0x500000000, 0x8001, 0x4FFFF8001",
    "0x500007FFF, 0xFFFF, 0x50000FFFF",
    "0x500007FFE, 0xFFFF, 0x4FFFFFFFF",
    "0x500008000, 0x0000, 0x500000000",
    "0x500008001, 0x0000, 0x500010000",
    "0x50000FFFF, 0x0000, 0x500010000",
    "0x500010000, 0xFFFF, 0x50000FFFF",
    "0x50000FFFF, 0x7FFF, 0x500007FFF",
    "0x50000FFFF, 0x7FFE, 0x500017FFE",
    "0x000000005, 0xFFFE, -2",
  })
  void shouldEstimateTheIndexNextToTheHighest(String highest, String sequenceNumber, String index) {
    assertThat(SrtpReceiver.estimateIndex(Long.decode(highest), Integer.decode(sequenceNumber)))
        .isEqualTo(Long.decode(index));
  }

  @ParameterizedTest
  @EnumSource
  void shouldFollowTheRollOverCounterThroughLossAndReordering(SrtpProfile profile) {
    SrtpKeys keys = keys(random, profile);
    SrtpSender sender = new SrtpSender(keys, null);
    SrtpReceiver receiver = new SrtpReceiver(keys, null);
    long index = 60_000;
    while (index < 5 * 65536) {
      List<Long> burst = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        index += 1 + (random.nextInt(4) == 0 ? random.nextInt(60) : 0);
        burst.add(index);
      }
      index += random.nextInt(3000);
      Collections.shuffle(burst, random);
      for (long each : burst) {
        byte[] packet = protect(sender, each, SSRC, payload);
        assertThat(receiver.unprotect(packet, 0, packet.length)).isEqualTo(PLAIN_LENGTH);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldAcceptALatePacketFromBeforeTheWrap(SrtpProfile profile) {
    SrtpKeys keys = keys(random, profile);
    SrtpSender sender = new SrtpSender(keys, null);
    SrtpReceiver receiver = new SrtpReceiver(keys, null);
    for (long index : new long[] {65530, 65537, 65535, 65536, 65531}) {
      byte[] packet = protect(sender, index, SSRC, payload);
      assertThat(receiver.unprotect(packet, 0, packet.length)).isEqualTo(PLAIN_LENGTH);
    }
    byte[] replay = protect(sender, 65535, SSRC, payload);
    assertThat(receiver.unprotect(replay, 0, replay.length)).isEqualTo(REPLAYED);
  }

  @Test
  void shouldRefuseAPacketFromBeforeTheFirstRollOver() {
    SrtpKeys keys = keys(random, SrtpProfile.AEAD_AES_128_GCM);
    SrtpSender sender = new SrtpSender(keys, null);
    SrtpReceiver receiver = new SrtpReceiver(keys, null);
    byte[] first = protect(sender, 5, SSRC, payload);
    byte[] earlier = protect(sender, 65534, SSRC, payload);

    assertThat(receiver.unprotect(first, 0, first.length)).isPositive();
    assertThat(receiver.unprotect(earlier, 0, earlier.length)).isEqualTo(REPLAYED);
  }

  @ParameterizedTest
  @EnumSource
  void shouldAcceptEachPacketOnce(SrtpProfile profile) {
    SrtpKeys keys = keys(random, profile);
    SrtpSender sender = new SrtpSender(keys, null);
    SrtpReceiver receiver = new SrtpReceiver(keys, null, 64, 1);
    for (long index = 100; index < 200; index++) {
      byte[] packet = protect(sender, index, SSRC, payload);
      byte[] copy = packet.clone();
      assertThat(receiver.unprotect(packet, 0, packet.length)).isEqualTo(PLAIN_LENGTH);
      assertThat(receiver.unprotect(copy, 0, copy.length)).isEqualTo(REPLAYED);
    }
    byte[] old = protect(sender, 50, SSRC, payload);
    assertThat(receiver.unprotect(old, 0, old.length)).isEqualTo(REPLAYED);
  }

  @ParameterizedTest
  @EnumSource
  void shouldDetectEachFlippedBitAndStillAcceptTheOriginal(SrtpProfile profile) {
    SrtpKeys keys = keys(random, profile);
    SrtpReceiver receiver = new SrtpReceiver(keys, null);
    byte[] packet = protect(new SrtpSender(keys, null), 1000, SSRC, payload);
    for (int bit = 0; bit < 8 * packet.length; bit++) {
      byte[] damaged = packet.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(receiver.unprotect(damaged, 0, damaged.length))
          .as("bit %d", bit)
          .isIn(AUTHENTICATION_FAILED, MALFORMED);
    }
    assertThat(receiver.unprotect(packet, 0, packet.length)).isEqualTo(PLAIN_LENGTH);
  }

  @ParameterizedTest
  @EnumSource
  void shouldRefuseEachTruncationAndExtension(SrtpProfile profile) {
    SrtpKeys keys = keys(random, profile);
    SrtpReceiver receiver = new SrtpReceiver(keys, null);
    byte[] packet = protect(new SrtpSender(keys, null), 1000, SSRC, payload);
    for (int length = 0; length < packet.length; length++) {
      assertThat(receiver.unprotect(Arrays.copyOf(packet, length), 0, length))
          .isEqualTo(length < 12 + profile.rtpOverhead() ? MALFORMED : AUTHENTICATION_FAILED);
    }
    byte[] extended = Arrays.copyOf(packet, packet.length + 1);
    assertThat(receiver.unprotect(extended, 0, extended.length)).isEqualTo(AUTHENTICATION_FAILED);
    assertThat(receiver.unprotect(packet, 0, -1)).isEqualTo(MALFORMED);
    assertThat(receiver.unprotect(packet, 0, packet.length)).isEqualTo(PLAIN_LENGTH);
  }

  @ParameterizedTest
  @EnumSource
  void shouldTakeAPacketWithoutPayload(SrtpProfile profile) {
    SrtpKeys keys = keys(random, profile);
    byte[] packet = protect(new SrtpSender(keys, null), 1, SSRC, new byte[0]);

    assertThat(new SrtpReceiver(keys, null).unprotect(packet, 0, packet.length)).isEqualTo(12);
  }

  @ParameterizedTest
  @EnumSource
  void shouldRefuseRandomBytes(SrtpProfile profile) {
    SrtpKeys keys = keys(random, profile);
    SrtpReceiver receiver = new SrtpReceiver(keys, null);
    byte[] known = protect(new SrtpSender(keys, null), 5000, SSRC, payload);
    receiver.unprotect(known, 0, known.length);
    for (int i = 0; i < 10_000; i++) {
      byte[] noise = bytes(random, random.nextInt(120));
      if (noise.length >= 12 && random.nextInt(3) > 0) {
        noise[0] = (byte) (0x80 | noise[0] & 0x3F);
        BigEndian.putInt(noise, 8, SSRC);
      }
      assertThat(receiver.unprotect(noise, 0, noise.length)).isNegative();
    }
    byte[] next = protect(new SrtpSender(keys, null), 5001, SSRC, payload);
    assertThat(receiver.unprotect(next, 0, next.length)).isEqualTo(PLAIN_LENGTH);
  }

  /** A forgery that looks far ahead must move neither window nor roll-over counter. */
  @ParameterizedTest
  @EnumSource
  void shouldChangeNothingForAForgery(SrtpProfile profile) {
    SrtpKeys keys = keys(random, profile);
    SrtpSender sender = new SrtpSender(keys, null);
    SrtpReceiver receiver = new SrtpReceiver(keys, null, 64, 1);
    byte[] genuine = protect(sender, 100, SSRC, payload);
    assertThat(receiver.unprotect(genuine, 0, genuine.length)).isPositive();

    SrtpSender forger = new SrtpSender(keys(random, profile), null);
    for (long index : new long[] {101, 20_000, 32_000, 60_000, 65_535}) {
      byte[] forged = protect(forger, index, SSRC, payload);
      assertThat(receiver.unprotect(forged, 0, forged.length))
          .isIn(AUTHENTICATION_FAILED, REPLAYED);
    }

    for (long index : new long[] {101, 99, 60}) {
      byte[] packet = protect(sender, index, SSRC, payload);
      assertThat(receiver.unprotect(packet, 0, packet.length)).isEqualTo(PLAIN_LENGTH);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldKeepStateOnlyForAuthenticSsrcsAndForNoMoreThanToldTo(SrtpProfile profile) {
    SrtpKeys keys = keys(random, profile);
    SrtpSender sender = new SrtpSender(keys, null);
    SrtpSender forger = new SrtpSender(keys(random, profile), null);
    SrtpReceiver receiver = new SrtpReceiver(keys, null, 64, 3);
    for (int ssrc = 1000; ssrc < 2000; ssrc++) {
      byte[] forged = protect(forger, 1, ssrc, payload);
      assertThat(receiver.unprotect(forged, 0, forged.length)).isEqualTo(AUTHENTICATION_FAILED);
    }

    for (int ssrc = 1; ssrc <= 4; ssrc++) {
      byte[] packet = protect(sender, 1, ssrc, payload);
      assertThat(receiver.unprotect(packet, 0, packet.length))
          .isEqualTo(ssrc <= 3 ? PLAIN_LENGTH : TOO_MANY_SSRCS);
    }
    for (int ssrc = 1; ssrc <= 3; ssrc++) {
      byte[] replay = protect(sender, 1, ssrc, payload);
      byte[] next = protect(sender, 2, ssrc, payload);
      assertThat(receiver.unprotect(replay, 0, replay.length)).isEqualTo(REPLAYED);
      assertThat(receiver.unprotect(next, 0, next.length)).isEqualTo(PLAIN_LENGTH);
    }
  }

  @Test
  void shouldRefuseToGoBeyondTheLastIndex() {
    SrtpKeys keys = keys(random, SrtpProfile.AEAD_AES_128_GCM);
    SrtpSender sender = new SrtpSender(keys, null);
    InboundStreams streams = new InboundStreams(SrtpTransform.forRtp(keys, null), 64, 1);
    long last = SrtpSender.MAX_PACKETS - 1;
    byte[] packet = protect(sender, last, SSRC, payload);
    assertThat(streams.unprotect(null, SSRC, last, -1, packet, 0, packet.length, 12)).isPositive();

    byte[] wrapped = protect(sender, 0, SSRC, payload);
    assertThat(new SrtpReceiver(streams).unprotect(wrapped, 0, wrapped.length))
        .isEqualTo(KEY_EXPIRED);
  }

  @Test
  void shouldRefuseAHeaderExtensionThatReachesIntoTheTag() {
    SrtpKeys keys = keys(random, SrtpProfile.AEAD_AES_128_GCM);
    byte[] packet = new byte[12 + 4 + 20];
    System.arraycopy(header(1, SSRC), 0, packet, 0, 12);
    packet[0] |= 0x10;
    packet[15] = 2;

    assertThat(new SrtpReceiver(keys, null).unprotect(packet, 0, packet.length))
        .isEqualTo(MALFORMED);
  }

  @Test
  void shouldRefuseLimitsOutOfRange() {
    SrtpKeys keys = keys(random, SrtpProfile.AEAD_AES_128_GCM);
    assertThatThrownBy(() -> new SrtpReceiver(keys, null, 63, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("windowSize");
    assertThatThrownBy(() -> new SrtpReceiver(keys, null, 40_000, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("windowSize");
    assertThatThrownBy(() -> new SrtcpReceiver(keys, null, 64, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxSsrcs");
  }
}
