package dev.sluice.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ice.IceContext;
import dev.sluice.loop.EngineClock;
import dev.sluice.loop.UdpSocket;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.NoRouteToHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PeerLoopTest {
  private static final long SECOND = 1_000_000_000;

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final UdpSocket socket = new UdpSocket(channel, false, 1);
  private final List<Throwable> told = new ArrayList<>();
  private long now = Long.MAX_VALUE - SECOND;

  @Test
  void shouldTellOfFailuresOnceASecondAndCountThemAll() {
    channel
        .pipeline()
        .addLast(
            new PeerLoop(
                channel.eventLoop(),
                socket,
                new PeerDirectory(),
                new EngineClock(() -> now, 0),
                new IceContext(SECOND, SECOND, new Random()),
                told::add));
    fail(1_000);
    assertThat(told).hasSize(1);
    now += SECOND - 1;
    fail(1_000);
    assertThat(told).hasSize(1);
    now += 1;
    fail(1_000);
    assertThat(told).hasSize(2);
    now += 60 * SECOND;
    fail(1);
    assertThat(told).hasSize(3);
    assertThat(socket.sendErrors()).isEqualTo(3_001);
  }

  private void fail(int count) {
    for (int i = 0; i < count; i++) {
      channel.pipeline().fireExceptionCaught(new NoRouteToHostException());
    }
  }
}
