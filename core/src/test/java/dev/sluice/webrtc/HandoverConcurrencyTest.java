package dev.sluice.webrtc;

import static dev.sluice.Orders.inParallel;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ice.IceCredentials;
import io.netty.channel.DefaultEventLoop;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Datagrams that several event loops hand over to one that is held up. */
class HandoverConcurrencyTest extends PeerHarness {
  private static final int MOST = 4_096;
  private static final int EACH = 3_000;

  /** of no kind that a session knows (RFC 7983), and from no address it knows */
  private static final byte[] DATAGRAM = {100, 0, 0, 0};

  private final DefaultEventLoop home = new DefaultEventLoop();
  private final CountingMedia counting = new CountingMedia();
  private PeerLoop loopOfHome;
  private Peer peer;

  @BeforeEach
  void openAtHome() {
    loopOfHome = loop(home, channel);
    IceCredentials credentials = IceCredentials.generate(RANDOM);
    peer =
        new Peer(
            PeerHome.on(loopOfHome),
            settings,
            counting,
            new OfferingPeer(credentials, REMOTE, List.of(dtls.fingerprint()), false));
    peer.open(credentials, events);
  }

  @AfterEach
  void end() {
    home.shutdownGracefully().syncUninterruptibly();
  }

  @Test
  void shouldTakeAsManyAsMayWaitAndDropAndCountTheOthersEachTime() throws Exception {
    for (int round = 1; round <= 3; round++) {
      CountDownLatch heldUp = new CountDownLatch(1);
      home.execute(() -> await(heldUp));
      inParallel(this::handOver, this::handOver);
      assertThat(loopOfHome.dropped()).isEqualTo(round * (2L * EACH - MOST));
      heldUp.countDown();
      home.submit(() -> {}).sync();
      assertThat(counting.count).isEqualTo(round * MOST);
    }
  }

  @Test
  void shouldCountWhatIsNotTakenAnyMore() throws Exception {
    home.shutdownGracefully().sync();
    inParallel(this::handOver, this::handOver);
    assertThat(loopOfHome.dropped()).isEqualTo(2L * EACH);
    assertThat(counting.count).isZero();
  }

  private void handOver() {
    for (int i = 0; i < EACH; i++) {
      loopOfHome.handOver(peer, DATAGRAM.clone(), OTHER, loop);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
