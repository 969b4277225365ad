package dev.sluice.webrtc;

import static dev.sluice.Orders.inParallel;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ice.IceContext;
import dev.sluice.ice.IceCredentials;
import dev.sluice.loop.EngineClock;
import dev.sluice.loop.PeerPath;
import dev.sluice.loop.UdpSocket;
import dev.sluice.srtp.dtls.SrtpKeyPair;
import io.netty.channel.DefaultEventLoop;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
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
    EngineClock clock = new EngineClock(() -> now, 0);
    loopOfHome =
        new PeerLoop(
            home,
            new UdpSocket(channel, false, 1_000),
            directory,
            clock,
            new IceContext(CONNECT_TIMEOUT, CONSENT_TIMEOUT, RANDOM),
            cause -> {
              throw new AssertionError(cause);
            });
    IceCredentials credentials = IceCredentials.generate(RANDOM);
    peer =
        new Peer(
            loopOfHome,
            settings,
            counting,
            new OfferingPeer(credentials, REMOTE, List.of(dtls.fingerprint())));
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
      loopOfHome.handOver(peer, DATAGRAM.clone(), OTHER);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** counts what a session does not know */
  private static final class CountingMedia implements PeerMedia {
    private int count;

    @Override
    public void resume(PeerPath path, PeerLoop loop) {}

    @Override
    public void pause(PeerLoop loop) {}

    @Override
    public void start(
        long nowNanos, SrtpKeyPair keys, PeerLoop loop, Consumer<Throwable> onFailure) {}

    @Override
    public boolean receive(long nowNanos, byte[] packet, int length, PeerLoop loop) {
      return true;
    }

    @Override
    public void countUnexpected() {
      count++;
    }

    @Override
    public long nextReport() {
      return Long.MAX_VALUE;
    }

    @Override
    public boolean reportIfDue(long nowNanos, PeerLoop loop) {
      return true;
    }

    @Override
    public void close(PeerLoop loop) {}
  }
}
