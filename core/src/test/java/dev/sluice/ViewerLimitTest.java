package dev.sluice;

import static dev.sluice.ConnectedViewers.connect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.codec.Codec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who gives way when there is no room for another viewer. */
class ViewerLimitTest {
  private final BlockingQueue<Viewer> evicted = new LinkedBlockingQueue<>();
  private final RelayListener listener =
      new RelayListener() {
        @Override
        public void viewerDisconnected(Viewer viewer, DisconnectReason reason) {
          if (reason == DisconnectReason.EVICTED) {
            evicted.add(viewer);
          }
        }
      };
  private RelayEngine engine;

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void shouldLetTheOldestThatHasNotConnectedGiveWay() throws Exception {
    open(100, 2);
    Viewer watching = play();
    connect(watching);
    Viewer oldest = play();
    play();
    play();
    assertThat(evicted.poll(20, TimeUnit.SECONDS)).isSameAs(oldest);
    assertThat(engine.statistics().viewers()).isEqualTo(3);
    assertThat(watching.isClosed()).isFalse();
  }

  @Test
  void shouldKeepNobodyOutForThoseThatNeverConnect() throws Exception {
    open(2, 1_000);
    connect(play());
    Viewer never = play();
    Viewer newer = play();
    assertThat(evicted.poll(20, TimeUnit.SECONDS)).isSameAs(never);
    connect(newer);
    assertThatThrownBy(this::play).isInstanceOf(LimitExceededException.class);
    assertThat(engine.statistics().viewers()).isEqualTo(2);
    assertThat(evicted).isEmpty();
  }

  @Test
  void shouldEvictNobodyForAnOfferThatCannotBeServed() {
    open(100, 1);
    play();
    assertThatThrownBy(() -> engine.play("cam", "no sdp")).isInstanceOf(NegotiationException.class);
    assertThat(engine.statistics().viewers()).isEqualTo(1);
    assertThat(evicted).isEmpty();
  }

  private void open(int maxViewers, int maxConnecting) {
    engine =
        RelayEngine.builder()
            .network(
                NetworkOptions.DEFAULT
                    .withEventLoops(1)
                    .withBindAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
            .session(
                SessionOptions.DEFAULT.withMaxViewers(maxViewers).withMaxConnecting(maxConnecting))
            .listener(listener)
            .build();
    engine.publish("cam", List.of(TrackDescription.of("video", Codec.H264)));
  }

  private Viewer play() {
    return engine.play("cam", SampleOffer.text());
  }
}
