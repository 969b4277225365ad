package dev.sluice.rtsp;

import static dev.sluice.rtsp.TestPeer.URI;
import static dev.sluice.rtsp.TestPeer.assertOk;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections of peers that fall silent; time is virtual. */
class RtspTimeoutTest {
  private final TestPeer peer =
      new TestPeer(
          new RtspServerBuilder(null)
              .idleTimeout(Duration.ofSeconds(10))
              .mediaTimeout(Duration.ofSeconds(20))
              .sessionTimeout(Duration.ofSeconds(60)));

  @AfterEach
  void nothingLeaks() {
    peer.close();
  }

  private boolean isOpenAfter(int seconds) {
    for (int i = 0; i < seconds; i++) {
      peer.advance(Duration.ofSeconds(1));
    }
    return peer.channel.isOpen();
  }

  @Test
  void shouldCloseAConnectionThatSaysNothing() {
    assertThat(isOpenAfter(4)).isTrue();
    assertThat(isOpenAfter(1)).isFalse();
    assertThat(peer.statistics().timeouts()).isEqualTo(1);
    assertThat(peer.statistics().connections()).isZero();
  }

  @Test
  void shouldCloseAConnectionThatNeverCompletesARequest() {
    for (byte b : "OPTIONS * RTSP/1.0".getBytes()) {
      peer.send(new byte[] {b});
      isOpenAfter(1);
    }
    assertThat(peer.channel.isOpen()).isFalse();
  }

  @Test
  void shouldCloseAConnectionThatSendsFramesWithoutASession() {
    for (int i = 0; i < 10; i++) {
      peer.send(Rtp.frame(0, Rtp.packet(Rtp.VIDEO, 1, i, 10)));
      isOpenAfter(1);
    }
    assertThat(peer.channel.isOpen()).isFalse();
  }

  @Test
  void shouldKeepAConnectionThatAsks() {
    for (int i = 0; i < 20; i++) {
      assertOk(peer.request("OPTIONS", "*"));
      assertThat(isOpenAfter(9)).isTrue();
    }
  }

  @Test
  void shouldEndASilentSession() {
    peer.record();
    assertOk(peer.request("PAUSE", URI));
    assertThat(isOpenAfter(59)).isTrue();
    assertThat(isOpenAfter(1)).isFalse();
    assertThat(peer.sinks.first().closed).isTrue();
    assertThat(peer.statistics().sessions()).isZero();
  }

  @Test
  void shouldKeepASessionThatSendsMedia() {
    peer.record();
    for (int i = 0; i < 5; i++) {
      assertThat(isOpenAfter(19)).isTrue();
      peer.send(Rtp.frame(0, Rtp.packet(Rtp.VIDEO, 1, i, 10)));
    }
    assertThat(isOpenAfter(20)).isFalse();
  }

  @Test
  void shouldKeepASessionThatSendsKeepAlives() {
    peer.record();
    assertOk(peer.request("PAUSE", URI));
    for (int i = 0; i < 5; i++) {
      assertThat(isOpenAfter(59)).isTrue();
      peer.sent();
      assertOk(peer.request("GET_PARAMETER", URI));
    }
  }

  @Test
  void shouldEndAPublisherThatFreezesWhateverItAsks() {
    peer.record();
    for (int i = 0; i < 3; i++) {
      assertThat(isOpenAfter(6)).isTrue();
      peer.sent();
      assertOk(peer.request("GET_PARAMETER", URI));
    }
    assertThat(isOpenAfter(2)).isFalse();
    assertThat(peer.sinks.first().closed).isTrue();
    assertThat(peer.statistics().mediaTimeouts()).isEqualTo(1);
  }

  @Test
  void shouldNotTakeMediaOfATrackThatIsNotRelayedForASignOfLife() {
    String sdp = TestPeer.SDP.replace("opus/48000/2", "AC3/48000");
    assertOk(peer.requestWithBody("ANNOUNCE", URI, sdp, "Content-Type: application/sdp"));
    assertOk(peer.setUp(0, "RTP/AVP/TCP;unicast;interleaved=0-1;mode=record"));
    assertOk(peer.setUp(1, "RTP/AVP/TCP;unicast;interleaved=2-3;mode=record"));
    assertOk(peer.request("RECORD", URI));
    for (int i = 0; i < 20; i++) {
      peer.send(Rtp.frame(2, Rtp.packet(Rtp.AUDIO, 1, i, 10)));
      isOpenAfter(1);
    }
    assertThat(peer.channel.isOpen()).isFalse();
  }

  @Test
  void shouldKeepAPublisherThatSendsReportsOnly() {
    peer.record();
    for (int i = 0; i < 30; i++) {
      peer.send(Rtp.frame(1, Rtp.senderReport(1, i, i)));
      assertThat(isOpenAfter(5)).isTrue();
    }
  }

  @Test
  void shouldNotKeepASessionForFramesOfUnknownChannels() {
    peer.record();
    for (int i = 0; i < 6; i++) {
      isOpenAfter(10);
      peer.send(Rtp.frame(9, Rtp.packet(Rtp.VIDEO, 1, i, 10)));
    }
    assertThat(peer.channel.isOpen()).isFalse();
  }

  @Test
  void shouldBeAsPatientAsWithoutASessionAfterItsEnd() {
    peer.announce();
    assertOk(peer.setUp(0, "RTP/AVP/TCP;unicast;interleaved=0-1;mode=record"));
    assertThat(isOpenAfter(30)).isTrue();
    assertOk(peer.request("TEARDOWN", URI));
    assertThat(isOpenAfter(9)).isTrue();
    assertThat(isOpenAfter(1)).isFalse();
  }

  @Test
  void shouldScheduleNothingForAClosedConnection() {
    peer.record();
    peer.channel.close();
    peer.channel.runPendingTasks();
    assertThat(peer.channel.runScheduledPendingTasks()).isEqualTo(-1);
  }
}
