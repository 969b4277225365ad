package dev.sluice.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.receive.RecordingSinks;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/** What counts against a limit is given back, whatever is thrown. */
class RtspSlotTest {

  @Test
  void shouldGiveBackTheSlotOfAPublisherThatCouldNotBeOpened() {
    FailingRandom random = new FailingRandom();
    TestPeer peer = new TestPeer(new RtspServerBuilder(null), new RecordingSinks(), random);
    int free = peer.server.limits().sessions().availablePermits();
    random.fails = true;
    peer.announce();
    assertThat(peer.channel.isOpen()).isFalse();
    assertThat(peer.statistics().failures()).isEqualTo(1);
    assertThat(peer.server.limits().sessions().availablePermits()).isEqualTo(free);
  }

  private static final class FailingRandom extends SecureRandom {
    private static final long serialVersionUID = 1;
    private boolean fails;

    @Override
    public void nextBytes(byte[] bytes) {
      if (fails) {
        throw new OutOfMemoryError("as it may be");
      }
      super.nextBytes(bytes);
    }
  }
}
