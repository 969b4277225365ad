package dev.sluice.benchmarks.load.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.srtp.SrtpKeys;
import dev.sluice.srtp.SrtpProfile;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealedPacketsTest {
  private final List<byte[]> sent = new ArrayList<>();
  private final SealedPackets packets =
      new SealedPackets(
          new SrtpKeys(SrtpProfile.AEAD_AES_128_GCM, new byte[16], new byte[12]),
          new Recording(),
          1,
          2);

  @Test
  void shouldSendAgainWhatWasSentAsItWas() {
    write(300);
    sent.clear();
    write(1);
    packets.resend(300);
    assertThat(sent).hasSize(2);
    assertThat(sent.get(1)).isEqualTo(sent.get(0));
  }

  @Test
  void shouldSendNothingThatItHasNot() {
    write(300);
    sent.clear();
    packets.resend(300);
    packets.resend(43);
    packets.resend(65_535);
    assertThat(sent).isEmpty();
    packets.resend(44);
    assertThat(sent).hasSize(1);
  }

  private void write(int count) {
    for (int i = 0; i < count; i++) {
      packets.commit(100, i, true);
    }
  }

  /** keeps what is sent */
  private final class Recording implements WritableByteChannel {

    @Override
    public int write(ByteBuffer datagram) {
      byte[] bytes = new byte[datagram.remaining()];
      datagram.get(bytes);
      sent.add(bytes);
      return bytes.length;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
