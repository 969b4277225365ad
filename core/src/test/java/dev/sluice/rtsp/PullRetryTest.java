package dev.sluice.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows when a connection to a source ends, in virtual time. */
class PullRetryTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private PullServer server = new PullServer(PullServer.options());

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void shouldTryLaterEachTime() {
    server.unreachable = true;
    server.keeper.start();
    for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30}) {
      assertThat(server.untilConnected(MINUTE))
          .isBetween(Duration.ofMillis(500L * seconds), Duration.ofMillis(1_000L * seconds + 10));
    }
    server.unreachable = false;
    server.untilConnected(MINUTE);
    server.play();
    server.sendMedia(1);
    server.channel.close();
    assertThat(server.sinks.first().closed).isTrue();
    assertThat(server.untilConnected(MINUTE)).isLessThanOrEqualTo(Duration.ofMillis(1_010));
    assertThat(server.events).endsWith("connected", "the connection was closed");
  }

  @Test
  void shouldConnectAnewWhereNobodyAnswers() {
    server.keeper.start();
    server.advance(Duration.ofMillis(4_999));
    assertThat(server.events).isEmpty();
    server.advance(Duration.ofMillis(1));
    assertThat(server.events).containsExactly("there is no response to OPTIONS");
    server.untilConnected(MINUTE);
    server.expect("OPTIONS ");
  }

  @Test
  void shouldNotBeHeldUpByResponsesThatNobodyWaitsFor() {
    server.keeper.start();
    for (int i = 0; i < 5; i++) {
      server.send("RTSP/1.0 200 OK\r\nCSeq: 99\r\n\r\n".getBytes());
      server.advance(SECOND);
    }
    assertThat(server.events).containsExactly("there is no response to OPTIONS");
  }

  @Test
  void shouldDropAConnectionThatCameAfterItWasNotWanted() {
    server.delayed = true;
    server.keeper.start();
    server.keeper.stop();
    server.keeper.start();
    server.delayed = false;
    server.completeConnections(new ConnectException("late"));
    assertThat(server.events).as("of the one that is waited for").hasSize(1);
    server.untilConnected(MINUTE);
    server.expect("OPTIONS ");
  }

  @Test
  void shouldConnectAnewWhereMediaStops() {
    server.keeper.start();
    server.play();
    server.sendMedia(1);
    server.advance(Duration.ofMillis(9_999));
    assertThat(server.sinks.first().closed).isFalse();
    server.advance(Duration.ofMillis(1));
    assertThat(server.sinks.first().closed).isTrue();
    assertThat(server.events).containsExactly("connected", "no media came for a while");
    server.untilConnected(MINUTE);
  }

  @ParameterizedTest
  @MethodSource("noMedia")
  void shouldTakeForMediaOnlyWhatIs(byte[] frame) {
    server.keeper.start();
    server.play();
    server.sendMedia(1);
    for (int i = 0; i < 10; i++) {
      server.send(frame);
      server.advance(SECOND);
    }
    assertThat(server.events).containsExactly("connected", "no media came for a while");
  }

  static Stream<byte[]> noMedia() {
    return Stream.of(
        Rtp.frame(1, Rtp.senderReport(7, 0xE8FE_1D00_0000_0000L, 6_000)),
        Rtp.frame(0, new byte[] {1, 2, 3}),
        Rtp.frame(0, Rtp.packet(Rtp.AUDIO, 7, 2, 100)),
        Rtp.frame(9, Rtp.packet(Rtp.VIDEO, 7, 2, 100)));
  }

  @Test
  void shouldLeaveTheStreamToAnotherPublisher() {
    server.keeper.start();
    server.play();
    server.sinks.first().superseded = true;
    server.taken = true;
    server.sendMedia(1);
    assertThat(server.events)
        .containsExactly("connected", "another publisher took the stream over");
    server.advance(Duration.ofMinutes(5));
    assertThat(server.connected).hasSize(1);
    server.taken = false;
    server.untilConnected(MINUTE);
  }

  @Test
  void shouldNotTakeTheStreamOfAnotherPublisher() {
    server.taken = true;
    server.keeper.start();
    server.play();
    assertThat(server.sinks.opened).isEmpty();
    assertThat(server.events).containsExactly("another publisher has the stream");
  }

  @Test
  void shouldTryAgainWhateverKeepsTheStreamFromBeingPublished() {
    server.sinks.refusing = true;
    server.keeper.start();
    server.play();
    server.sinks.refusing = false;
    server.sinks.broken = true;
    server.untilConnected(MINUTE);
    server.play();
    server.sinks.broken = false;
    server.untilConnected(MINUTE);
    server.play();
    assertThat(server.events)
        .containsExactly(
            "the stream cannot be published: closed",
            "the stream cannot be published: broken",
            "connected");
  }

  @Test
  void shouldFollowRedirections() {
    server = new PullServer(PullServer.options().credentials("user", "secret"));
    server.keeper.start();
    server.expect("OPTIONS ");
    server.respond("200 OK");
    server.expect("DESCRIBE ");
    server.respond("302 Moved Temporarily", "Location: rtsp://camera/elsewhere?a=b");
    server.advance(Duration.ZERO);
    assertThat(server.connected).last().hasToString("camera:554");
    assertThat(server.connected.get(1).userInfo()).isNotNull();
    server.expect("OPTIONS rtsp://camera/elsewhere?a=b ");
    server.respond("200 OK");
    server.expect("DESCRIBE ");
    server.respond("301 Moved Permanently", "Location: rtsp://other:8554/x");
    server.advance(Duration.ZERO);
    assertThat(server.connected.get(2).userInfo()).as("not for another host").isNull();
    server.expect("OPTIONS rtsp://other:8554/x ");
  }

  @Test
  void shouldNotFollowRedirectionsForEver() {
    server.keeper.start();
    for (int i = 0; i < 6; i++) {
      server.expect("OPTIONS ");
      server.respond("200 OK");
      server.expect("DESCRIBE ");
      server.respond("302 Moved", "Location: " + PullServer.URL + i);
      server.advance(Duration.ZERO);
    }
    assertThat(server.connected).hasSize(6);
    server.untilConnected(MINUTE);
    server.expect("OPTIONS " + PullServer.URL + " ");
  }

  private void redirect(String location) {
    server.expect("OPTIONS ");
    server.respond("200 OK");
    server.expect("DESCRIBE ");
    server.respond("302 Moved", "Location: " + location);
    server.advance(Duration.ZERO);
  }

  private void assertBackAtTheSource() {
    server.untilConnected(MINUTE);
    assertThat(server.connected).last().hasToString("camera:8554");
  }

  @Test
  void shouldFollowAsManyRedirectionsEachTime() {
    server.keeper.start();
    for (int i = 0; i < 6; i++) {
      redirect(PullServer.URL + i);
    }
    assertBackAtTheSource();
    redirect("rtsp://other/x");
    assertThat(server.connected).last().hasToString("other:554");
    server.channel.close();
    assertBackAtTheSource();
    for (int i = 0; i < 5; i++) {
      redirect(PullServer.URL + i);
    }
    server.expect("OPTIONS " + PullServer.URL + "4 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"401 Unauthorized", "403 Forbidden", "404 Not Found"})
  void shouldGoBackToTheSourceWhereARedirectionLedToARefusal(String status) {
    server.keeper.start();
    redirect("rtsp://other/x");
    server.expect("OPTIONS ");
    server.respond("200 OK");
    server.expect("DESCRIBE ");
    server.respond(status);
    assertBackAtTheSource();
  }

  @Test
  void shouldGoBackToTheSourceAfterAnotherPublisher() {
    server.keeper.start();
    redirect("rtsp://other/x");
    server.play();
    server.sinks.first().superseded = true;
    server.sendMedia(1);
    assertBackAtTheSource();
  }

  @Test
  void shouldBeginWithTheSourceWhenTheStreamIsWantedAgain() {
    server.keeper.start();
    redirect("rtsp://other/x");
    server.keeper.stop();
    server.keeper.start();
    assertThat(server.connected).last().hasToString("camera:8554");
  }

  @Test
  void shouldTryNoMoreWhereTheEngineIsClosed() {
    server.unreachable = true;
    server.keeper.start();
    server.closed = true;
    server.advance(MINUTE);
    assertThat(server.connected).hasSize(1);
    assertThat(server.keeper.statistics().state()).isEqualTo(RtspPull.State.IDLE);
  }

  @Test
  void shouldAskForTheStreamAgainAfterItsHostEndedIt() {
    server.keeper.start();
    server.play();
    server.sinks.refusing = true;
    server.channel.close();
    server.untilConnected(MINUTE);
    server.play();
    assertThat(server.events).last().asString().contains("closed");
    server.sinks.refusing = false;
    server.untilConnected(MINUTE);
    server.play();
    assertThat(server.sinks.opened).hasSize(2);
  }
}
