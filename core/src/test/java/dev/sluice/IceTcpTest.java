package dev.sluice;

import static dev.sluice.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.codec.Codec;
import dev.sluice.webrtc.WatchingPeer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Viewers whose UDP does not get through, on real sockets. */
class IceTcpTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final int TICKS = 3_000;
  private static final ByteBuffer FRAME = frameOf(10_000);
  private static final Pattern TCP_CANDIDATE =
      Pattern.compile("a=candidate:\\S+ 1 tcp \\d+ (\\S+) (\\d+) typ host tcptype passive\r\n");

  private RelayEngine engine = engine(true);
  private final List<WatchingPeer> peers = new ArrayList<>();
  private final List<Viewer> viewers = new ArrayList<>();
  private Publisher publisher;
  private int frames;

  private static ByteBuffer frameOf(int bytes) {
    ByteBuffer frame = ByteBuffer.allocate(bytes).put(TestStreams.keyframe());
    while (frame.hasRemaining()) {
      frame.put((byte) 7);
    }
    return frame.flip();
  }

  private static RelayEngine engine(boolean nativeTransport) {
    return RelayEngine.builder()
        .network(
            NetworkOptions.DEFAULT
                .withBindAddress(ANY_PORT)
                .withIceTcpAddress(ANY_PORT)
                .withEventLoops(2)
                .withNativeTransport(nativeTransport))
        .rate(RateOptions.OFF)
        .history(HistoryOptions.DEFAULT.withMaxBytes(1 << 20).withMaxCatchUp(Duration.ofMinutes(1)))
        .session(SessionOptions.DEFAULT.withConsentTimeout(Duration.ofMinutes(5)))
        .build();
  }

  @AfterEach
  void close() throws Exception {
    for (WatchingPeer peer : peers) {
      peer.close();
    }
    engine.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldPlayOnWhateverEventLoopAViewerHasItsHome(boolean nativeTransport) throws Exception {
    engine.close();
    engine = engine(nativeTransport);
    publish();
    for (int i = 0; i < 4; i++) {
      watch();
    }
    for (int i = 0; i < 30; i++) {
      frameForAll();
    }
    assertThat(engine.statistics().loops())
        .extracting(LoopStatistics::sessions)
        .containsExactly(2, 2);
    assertThat(peers).allSatisfy(peer -> assertThat(peer.missing()).isZero());
    assertThat(engine.statistics().datagramsSent()).isZero();
  }

  @Test
  void shouldLoseNothingOfOthersWhenSomeDoNotRead() throws Exception {
    publish();
    for (int i = 0; i < 50; i++) {
      watch();
    }
    List<WatchingPeer> stopped = List.copyOf(peers.subList(0, 5));
    peers.removeAll(stopped);
    int before = peers.get(0).packets();
    for (int i = 0; i < 150; i++) {
      frameForAll();
    }
    assertThat(peers).allSatisfy(peer -> assertThat(peer.missing()).isZero());
    assertThat(viewers.subList(0, 5))
        .allSatisfy(
            viewer ->
                assertThat(viewer.statistics().packetsSent())
                    .isLessThan((peers.get(0).packets() - before) / 2));
    peers.addAll(stopped);
    for (int i = 0; i < 30; i++) {
      frameForAll();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldGoOnByAnotherConnection(boolean overTcpAtFirst) throws Exception {
    publish();
    WatchingPeer peer = overTcpAtFirst ? WatchingPeer.overTcp() : new WatchingPeer();
    Viewer viewer = watch(peer, !overTcpAtFirst);
    peer.loseConnection();
    peer.check(viewer, tcpAddress(viewer));
    int before = peer.pictures();
    await(
        () -> {
          frame();
          return pump(peers) && peer.pictures() > before + 30;
        },
        "pictures by another connection");
    assertThat(viewer.isConnected()).isTrue();
  }

  @Test
  void shouldCloseTheConnectionWithTheSession() throws Exception {
    publish();
    WatchingPeer peer = watch();
    viewers.get(0).close();
    assertThatThrownBy(() -> await(() -> pump(List.of(peer)) && false, "the end"))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void shouldKeepNoMoreThanAFewConnectionsOfOneAddressThatSayNothing() throws Exception {
    publish();
    InetSocketAddress door = tcpAddress(engine.play("cam", SampleOffer.text()));
    List<Socket> flood = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      flood.add(new Socket(door.getAddress(), door.getPort()));
    }
    await(() -> engine.statistics().iceTcp().withoutSession() >= 500 - 64, "refusals");
    assertThat(engine.statistics().iceTcp().connections()).isLessThanOrEqualTo(64);
    for (Socket socket : flood) {
      socket.close();
    }
    await(() -> engine.statistics().iceTcp().connections() == 0, "their end");
    watch();
  }

  private void publish() {
    publisher = engine.publish("cam", List.of(TrackDescription.of("video", Codec.H264)));
    publisher.frames("video").writeFrame(FRAME, 0);
    publisher.track("video").flush();
  }

  private WatchingPeer watch() throws Exception {
    WatchingPeer peer = WatchingPeer.overTcp();
    watch(peer, false);
    return peer;
  }

  private Viewer watch(WatchingPeer peer, boolean overUdp) throws Exception {
    peers.add(peer);
    Viewer viewer = engine.play("cam", peer.offer());
    viewers.add(viewer);
    peer.watch(viewer, overUdp ? engine.localAddress() : tcpAddress(viewer));
    return viewer;
  }

  /** the address of the answer's TCP candidate */
  private static InetSocketAddress tcpAddress(Viewer viewer) {
    Matcher candidate = TCP_CANDIDATE.matcher(viewer.answer());
    assertThat(candidate.find()).isTrue();
    return new InetSocketAddress(candidate.group(1), Integer.parseInt(candidate.group(2)));
  }

  private void frameForAll() {
    frame();
    await(() -> pump(peers) && areLive(peers), "a frame at everybody");
  }

  private void frame() {
    frames++;
    publisher.frames("video").writeFrame(FRAME, (long) frames * TICKS);
    publisher.track("video").flush();
  }

  private boolean areLive(List<WatchingPeer> some) {
    return some.stream().allMatch(peer -> peer.mediaTime() == frames * TICKS);
  }

  /** has peers take what has come for them */
  private boolean pump(List<WatchingPeer> some) {
    try {
      for (WatchingPeer peer : some) {
        while (peer.step(tcpAddress(viewers.get(0)))) {
          // goes on
        }
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
