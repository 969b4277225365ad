package dev.sluice.srtp;

import static dev.sluice.srtp.TestPackets.SSRC;
import static dev.sluice.srtp.TestPackets.bytes;
import static dev.sluice.srtp.TestPackets.header;
import static dev.sluice.srtp.TestPackets.keys;
import static dev.sluice.srtp.TestPackets.protect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rtp.BigEndian;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpTest {

  private final Random random = new Random(42);

  @ParameterizedTest
  @EnumSource
  void shouldMakeThePacketsThatTheDefinitionSays(SrtpProfile profile)
      throws GeneralSecurityException {
    SrtpKeys keys = keys(random, profile);
    SrtpSender sender = new SrtpSender(keys, null);
    for (int i = 0; i < 300; i++) {
      long index = random.nextLong(SrtpSender.MAX_PACKETS);
      byte[] header = header(index, random.nextInt());
      byte[] payload = bytes(random, random.nextInt(1400));

      assertThat(protect(sender, index, header, payload))
          .isEqualTo(Reference.srtp(keys, index, header, payload));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldRestoreThePacketAndKeepWhatIsAroundIt(SrtpProfile profile) {
    SrtpKeys keys = keys(random, profile);
    SrtpSender sender = new SrtpSender(keys, null);
    SrtpReceiver receiver = new SrtpReceiver(keys, null);
    for (int i = 0; i < 300; i++) {
      byte[] ring = bytes(random, 3000);
      byte[] ringBefore = ring.clone();
      int payloadOffset = random.nextInt(1000);
      int payloadLength = random.nextInt(1400);
      byte[] array = bytes(random, 2000);
      int offset = random.nextInt(500);
      byte[] header = headerWithExtension(i, random.nextInt(16), random.nextInt(8));
      System.arraycopy(header, 0, array, offset, header.length);
      byte[] before = array.clone();

      int length =
          sender.protect(i, array, offset, header.length, ring, payloadOffset, payloadLength);
      assertThat(length).isEqualTo(header.length + payloadLength + profile.rtpOverhead());
      assertThat(ring).isEqualTo(ringBefore);
      assertThat(Arrays.copyOf(array, offset + header.length))
          .isEqualTo(Arrays.copyOf(before, offset + header.length));
      assertThat(Arrays.copyOfRange(array, offset + length, array.length))
          .isEqualTo(Arrays.copyOfRange(before, offset + length, before.length));

      assertThat(receiver.unprotect(array, offset, length))
          .isEqualTo(header.length + payloadLength);
      assertThat(Arrays.copyOfRange(array, offset, offset + header.length)).isEqualTo(header);
      assertThat(payload(array, offset + header.length, payloadLength))
          .isEqualTo(payload(ring, payloadOffset, payloadLength));
    }
  }

  private static byte[] payload(byte[] array, int offset, int length) {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  private byte[] headerWithExtension(long index, int csrcs, int extensionWords) {
    byte[] header = bytes(random, 12 + 4 * csrcs + 4 + 4 * extensionWords);
    System.arraycopy(header(index, SSRC), 0, header, 0, 12);
    header[0] = (byte) (0x90 | csrcs);
    BigEndian.putInt(header, 12 + 4 * csrcs, 0xBEDE0000 | extensionWords);
    return header;
  }

  @ParameterizedTest
  @EnumSource
  void shouldEncryptAPayloadThatStandsBehindTheHeaderAlready(SrtpProfile profile)
      throws GeneralSecurityException {
    SrtpKeys keys = keys(random, profile);
    byte[] header = header(7, SSRC);
    byte[] payload = bytes(random, 1000);
    byte[] packet = Arrays.copyOf(header, 12 + 1000 + profile.rtpOverhead());
    System.arraycopy(payload, 0, packet, 12, 1000);

    int length = new SrtpSender(keys, null).protect(7, packet, 0, 12, packet, 12, 1000);

    assertThat(length).isEqualTo(packet.length);
    assertThat(packet).isEqualTo(Reference.srtp(keys, 7, header, payload));
  }

  @ParameterizedTest
  @EnumSource
  void shouldSendTheNewestPacketAgain(SrtpProfile profile) {
    SrtpSender sender = new SrtpSender(keys(random, profile), null);
    byte[] payload = bytes(random, 500);

    byte[] first = protect(sender, 10, SSRC, payload);

    assertThat(protect(sender, 10, SSRC, payload)).isEqualTo(first);
    assertThat(protect(sender, 10, SSRC, payload)).isEqualTo(first);
    protect(sender, 11, SSRC, payload);
    assertThat(protect(sender, 10, SSRC, payload)).isEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource
  void shouldGiveTheSameIndexToSeveralSsrcsInTurn(SrtpProfile profile)
      throws GeneralSecurityException {
    SrtpKeys keys = keys(random, profile);
    SrtpSender sender = new SrtpSender(keys, null);
    byte[] payload = bytes(random, 100);
    for (int ssrc : new int[] {1, 2, 1, 2, 0, -1}) {
      assertThat(protect(sender, 5, ssrc, payload))
          .isEqualTo(Reference.srtp(keys, 5, header(5, ssrc), payload));
    }
  }

  /** A reader that the writer overtook has encrypted garbage, and reads that packet once more. */
  @ParameterizedTest
  @EnumSource
  void shouldProtectThePacketOfAnIndexWhoseFirstResultWasThrownAway(SrtpProfile profile)
      throws GeneralSecurityException {
    SrtpKeys keys = keys(random, profile);
    SrtpSender sender = new SrtpSender(keys, null);
    byte[] payload = bytes(random, 1000);
    protect(sender, 20, SSRC, bytes(random, 300));

    assertThat(protect(sender, 20, SSRC, payload))
        .isEqualTo(Reference.srtp(keys, 20, header(20, SSRC), payload));
  }

  @ParameterizedTest
  @EnumSource
  void shouldGoOnAfterMisuse(SrtpProfile profile) throws GeneralSecurityException {
    SrtpKeys keys = keys(random, profile);
    SrtpSender sender = new SrtpSender(keys, null);
    byte[] header = header(3, SSRC);
    byte[] tooSmall = Arrays.copyOf(header, 12 + 100 + profile.rtpOverhead() - 1);
    byte[] payload = bytes(random, 100);

    assertThatThrownBy(() -> sender.protect(3, tooSmall, 0, 12, payload, 0, 100))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> sender.protect(3, new byte[500], 0, 12, payload, 1, 100))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> protect(sender, 4, header, payload))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> protect(sender, -65533, header, payload))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(protect(sender, 3, header, payload))
        .isEqualTo(Reference.srtp(keys, 3, header, payload));
  }

  @ParameterizedTest
  @EnumSource
  void shouldRefuseToSendMoreThanTheKeysMayServe(SrtpProfile profile) {
    SrtpTransform transform = SrtpTransform.forRtp(keys(random, profile), null);
    long last = SrtpSender.MAX_PACKETS - 1;
    byte[] packet = Arrays.copyOf(header(0, SSRC), 40);

    SrtpSender worn = new SrtpSender(transform, last);
    assertThat(worn.protect(0, packet, 0, 12, packet, 12, 4)).isPositive();
    assertThat(worn.protect(65536, packet, 0, 12, packet, 12, 4)).isEqualTo(SrtpStatus.KEY_EXPIRED);

    SrtpSender fresh = new SrtpSender(transform, 0);
    assertThat(fresh.protect(last + 1, packet, 0, 12, packet, 12, 4))
        .isEqualTo(SrtpStatus.KEY_EXPIRED);
    byte[] lastPacket = Arrays.copyOf(header(last, SSRC), 40);
    assertThat(fresh.protect(last, lastPacket, 0, 12, lastPacket, 12, 4)).isPositive();
  }

  /** The payload is read from a ring that another thread writes to. */
  @ParameterizedTest
  @EnumSource
  void shouldMakeAuthenticGarbageOfAPayloadThatChangesMeanwhile(SrtpProfile profile)
      throws InterruptedException {
    SrtpKeys keys = keys(random, profile);
    SrtpSender sender = new SrtpSender(keys, null);
    SrtpReceiver receiver = new SrtpReceiver(keys, null);
    byte[] ring = new byte[1200];
    Thread writer =
        new Thread(
            () -> {
              for (byte value = 0; !Thread.currentThread().isInterrupted(); value++) {
                Arrays.fill(ring, value);
              }
            });
    writer.start();
    try {
      for (int i = 0; i < 5000; i++) {
        byte[] packet = protect(sender, i, SSRC, ring);
        assertThat(receiver.unprotect(packet, 0, packet.length)).isEqualTo(12 + ring.length);
      }
    } finally {
      writer.interrupt();
      writer.join();
    }
  }
}
