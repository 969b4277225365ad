package dev.sluice.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.DisconnectReason;
import dev.sluice.RetransmissionBuffer;
import dev.sluice.Throwables;
import dev.sluice.codec.Codec;
import dev.sluice.fanout.FailingBuffer;
import dev.sluice.fanout.StartRule;
import dev.sluice.fanout.ViewerLink;
import dev.sluice.log.LogLimits;
import dev.sluice.log.PacketLog;
import dev.sluice.log.SegmentPool;
import dev.sluice.loop.TimerWheel;
import dev.sluice.stream.Track;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PeerTest extends PeerHarness {
  @Test
  void shouldCountSilenceFromTheLastCheckOfAPeerThatVanishesBeforeItNominates() throws Exception {
    check(PEER, false);
    handshake();
    assertThat(events.happened).containsExactly("connected");
    pass(2 * SECOND);
    check(PEER, false);
    pass(CONSENT_TIMEOUT - STEP);
    assertThat(events.happened).containsExactly("connected");
    pass(2 * STEP);
    assertThat(events.happened).containsExactly("connected", "CONSENT_LOST");
  }

  @Test
  void shouldSendNothingMoreWhenConsentIsLost() throws Exception {
    check(PEER, true);
    handshake();
    pass(CONSENT_TIMEOUT - STEP);
    assertThat(received()).isNotEmpty();
    pass(STEP);
    assertThat(events.happened).containsExactly("connected", "CONSENT_LOST");
    assertThat(received()).isEmpty();
  }

  @Test
  void shouldSayGoodbyeWhenClosed() throws Exception {
    check(PEER, true);
    handshake();
    received();
    session.close(DisconnectReason.CLOSED_BY_HOST);
    assertThat(received()).as("RTCP BYE and DTLS close_notify").hasSize(2);
  }

  @Test
  void shouldKeepAPeerThatChecksAndNeverNominates() throws Exception {
    check(PEER, false);
    handshake();
    for (int i = 0; i < 20; i++) {
      pass(CONSENT_TIMEOUT - STEP);
      check(PEER, false);
    }
    assertThat(events.happened).containsExactly("connected");
  }

  @Test
  void shouldNotBeLedToAPortThatNothingCanBeSentTo() throws Exception {
    check(PEER, true);
    handshake();
    check(new InetSocketAddress(PEER.getAddress(), 0), true);
    received();
    pass(2 * SECOND);
    assertThat(received()).isNotEmpty().extracting(DatagramPacket::recipient).containsOnly(PEER);
    assertThat(loop.unknownSender()).isEqualTo(1);
  }

  @Test
  void shouldGiveUpAPeerThatNeverChecksSooner() {
    pass(10 * SECOND - STEP);
    assertThat(events.happened).isEmpty();
    pass(2 * STEP);
    assertThat(events.happened).containsExactly("CONNECT_TIMEOUT");
  }

  @Test
  void shouldGiveUpAPeerThatNeverShakesHands() {
    check(PEER, true);
    for (int i = 0; i < 7; i++) {
      pass(4 * SECOND);
      check(PEER, true);
    }
    assertThat(events.happened).isEmpty();
    pass(2 * SECOND + STEP);
    assertThat(events.happened).containsExactly("CONNECT_TIMEOUT");
  }

  @Test
  void shouldEndASessionThatFailsAndKeepTheTimersOfTheOthers() throws Exception {
    check(PEER, true);
    handshakeWithoutTracks();
    List<String> fired = new ArrayList<>();
    loop.schedule(
        new TimerWheel.Entry() {
          @Override
          protected void onDeadline(long nowNanos) {
            fired.add("another session's");
          }
        },
        now + 3 * SECOND);
    pass(4 * SECOND);
    assertThat(events.happened).as("reports need a track").containsExactly("connected", "FAILED");
    assertThat(fired).hasSize(1);
    assertThat(loop.sessions()).isZero();
  }

  static Stream<Throwable> throwables() {
    return Throwables.all();
  }

  @ParameterizedTest
  @MethodSource("throwables")
  void shouldEndASessionThatCannotBeSentTo(Throwable thrown) throws Exception {
    check(PEER, true);
    handshake(new FailingBuffer(thrown, 0));
    channel.runPendingTasks();
    assertThat(events.happened).containsExactly("connected", "FAILED");
    assertThat(loop.sessions()).isZero();
    assertThat(directory.byAddress(PEER)).isNull();
  }

  @ParameterizedTest
  @MethodSource("throwables")
  void shouldEndASessionWhoseTaskThrows(Throwable thrown) {
    session.execute(
        () -> {
          throw Throwables.sneak(thrown);
        });
    channel.runPendingTasks();
    assertThat(events.happened).containsExactly("FAILED");
  }

  @ParameterizedTest
  @MethodSource("throwables")
  void shouldEndEverySessionThatTimesOutInOneTickWhateverOneThrows(Throwable thrown) {
    List<String> ended = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Events own =
          new Events() {
            @Override
            public void ended(DisconnectReason reason) {
              ended.add(reason.name());
              throw Throwables.sneak(thrown);
            }
          };
      session(new SendingMedia(settings, "cname", ViewerLink.unlimited()), own).start();
    }
    pass(CONNECT_TIMEOUT + SECOND);
    assertThat(ended).hasSize(5).containsOnly("CONNECT_TIMEOUT");
    assertThat(events.happened).containsExactly("CONNECT_TIMEOUT");
    assertThat(loop.sessions()).isZero();
  }

  @Test
  void shouldEndEverySessionWhenItsEventLoopEnds() {
    loop.end();
    assertThat(events.happened).containsExactly("FAILED");
    assertThat(loop.isAlive()).isFalse();
    assertThat(loop.sessions()).isZero();
    assertThatThrownBy(() -> session(media, events)).isInstanceOf(IllegalStateException.class);
    assertThat(loop.sessions()).isZero();
  }

  private void handshake(RetransmissionBuffer buffer) throws InterruptedException {
    Track track = new Track("video", Codec.H264, 0);
    PacketLog log = new PacketLog(new SegmentPool(0), new LogLimits(4_096, 4_096, 0, true));
    track.source(log, null);
    media.add(track, PARAMETERS, null, buffer, new StartRule(true, SECOND));
    handshakeWithoutTracks();
    long keyframe = log.position();
    log.open(100);
    log.commit(100, 0, true);
    log.keyframe(keyframe);
    log.publish();
    track.wake();
  }
}
