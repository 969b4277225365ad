package dev.sluice.webrtc;

import static dev.sluice.Orders.inParallel;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ice.IceCredentials;
import io.netty.channel.DefaultEventLoop;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The first datagrams of a session come to several event loops at once. */
class HomingConcurrencyTest extends PeerHarness {
  private static final int SESSIONS = 500;
  private static final int EACH = 5;

  /** of no kind that a session knows (RFC 7983), and from no address it knows */
  private static final byte[] DATAGRAM = {100, 0, 0, 0};

  private final List<DefaultEventLoop> threads =
      List.of(new DefaultEventLoop(), new DefaultEventLoop(), new DefaultEventLoop());

  @AfterEach
  void end() {
    threads.forEach(thread -> thread.shutdownGracefully().syncUninterruptibly());
  }

  @Test
  void shouldLiveOnOneLoopAndGetAllThere() throws Exception {
    List<PeerLoop> loops = threads.stream().map(thread -> loop(thread, channel)).toList();
    int moved = 0;
    for (int i = 0; i < SESSIONS; i++) {
      CountingMedia media = new CountingMedia();
      Peer peer = open(loops.get(0), media);
      Set<Thread> ranOn = ConcurrentHashMap.newKeySet();
      AtomicInteger done = new AtomicInteger();
      inParallel(
          () -> arrive(peer, loops.get(1)),
          () -> {
            arrive(peer, loops.get(2));
            peer.execute(
                () -> {
                  ranOn.add(Thread.currentThread());
                  done.incrementAndGet();
                });
          });
      settle();
      assertThat(media.count).isEqualTo(2 * EACH);
      assertThat(media.threads).hasSize(1).isEqualTo(ranOn);
      assertThat(done).hasValue(1);
      assertThat(peer.loop().eventLoop().inEventLoop(ranOn.iterator().next())).isTrue();
      moved += peer.loop() == loops.get(0) ? 0 : 1;
      peer.execute(peer::abandon);
    }
    settle();
    assertThat(moved).isEqualTo(SESSIONS);
    assertThat(loops).allMatch(loop -> loop.sessions() == 0);
  }

  private Peer open(PeerLoop home, PeerMedia media) {
    IceCredentials credentials = IceCredentials.generate(RANDOM);
    Peer peer =
        new Peer(
            PeerHome.provisionally(home),
            settings,
            media,
            new OfferingPeer(credentials, REMOTE, List.of(dtls.fingerprint()), false));
    peer.open(credentials, events);
    peer.execute(peer::start);
    return peer;
  }

  private static void arrive(Peer peer, PeerLoop cameTo) {
    for (int i = 0; i < EACH; i++) {
      peer.loop().handOver(peer, DATAGRAM.clone(), OTHER, cameTo);
    }
  }

  /** all that was handed over has come to where it is taken: two loops away at most */
  private void settle() throws InterruptedException {
    for (int hop = 0; hop < 3; hop++) {
      for (DefaultEventLoop thread : threads) {
        thread.submit(() -> {}).sync();
      }
    }
  }
}
