package dev.sluice.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The inputs that fuzzing of libsrtp has found worth keeping, as they are and altered. */
class CorpusTest {
  private static final int LONGEST = 2048;

  private final Random random = new Random(11);

  @ParameterizedTest
  @EnumSource
  void shouldTellForgedPacketsWhateverTheyAre(SrtpProfile profile) throws IOException {
    List<byte[]> corpus = VectorFiles.archive("libsrtp-corpus.tar.gz");
    assertThat(corpus).hasSizeGreaterThan(2000);
    SrtpKeys keys = TestPackets.keys(random, profile);
    SrtpReceiver rtp = new SrtpReceiver(keys, null);
    SrtcpReceiver rtcp = new SrtcpReceiver(keys, null);
    for (byte[] file : corpus) {
      byte[] packet = Arrays.copyOf(file, Math.min(file.length, LONGEST));
      byte[] altered = packet.clone();
      if (altered.length > 0) {
        altered[0] = (byte) (0x80 | altered[0] & 0x3F);
        altered[random.nextInt(altered.length)] = (byte) random.nextInt();
      }
      for (byte[] input : List.of(packet, altered)) {
        assertThat(rtp.unprotect(input.clone(), 0, input.length)).isNegative();
        assertThat(rtcp.unprotect(input.clone(), 0, input.length)).isNegative();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldProtectAndUnprotectWhateverIsSent(SrtpProfile profile) throws IOException {
    SrtpKeys keys = TestPackets.keys(random, profile);
    SrtpSender sender = new SrtpSender(keys, null);
    SrtpReceiver receiver = new SrtpReceiver(keys, null);
    long index = 0;
    for (byte[] file : VectorFiles.archive("libsrtp-corpus.tar.gz")) {
      byte[] payload = Arrays.copyOf(file, Math.min(file.length, LONGEST));
      byte[] packet = TestPackets.protect(sender, ++index, TestPackets.SSRC, payload);

      int length = receiver.unprotect(packet, 0, packet.length);

      assertThat(Arrays.copyOfRange(packet, 12, length)).isEqualTo(payload);
    }
  }
}
