package dev.sluice.rtsp;

import static dev.sluice.rtsp.TestPeer.URI;
import static dev.sluice.rtsp.TestPeer.assertOk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TrackDescription;
import dev.sluice.codec.Codec;
import dev.sluice.codec.H264Parameters;
import dev.sluice.codec.OpusParameters;
import dev.sluice.receive.RecordingSinks;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests and responses (RFC 2326) of one connection. */
class RtspProtocolTest {
  private static final String TCP = "RTP/AVP/TCP;unicast;interleaved=0-1;mode=record";

  private TestPeer peer = new TestPeer();

  @AfterEach
  void nothingLeaks() {
    peer.close();
  }

  private void restart(RtspServerBuilder options) {
    peer.close();
    peer = new TestPeer(options);
  }

  private static RtspServerBuilder options() {
    return new RtspServerBuilder(null);
  }

  @Test
  void shouldNameItsMethods() {
    String response = peer.request("OPTIONS", URI);
    assertOk(response);
    assertThat(response)
        .contains("CSeq: 1\r\n")
        .containsIgnoringCase(
            "Public: OPTIONS, ANNOUNCE, DESCRIBE, SETUP, RECORD, PLAY, PAUSE, TEARDOWN, GET_PARAMETER,"
                + " SET_PARAMETER\r\n");
    assertOk(peer.request("OPTIONS", "*"));
  }

  @Test
  void shouldPublishWhatIsAnnouncedSetUpAndRecorded() {
    peer.record();
    RecordingSinks.Sink sink = peer.sinks.first();
    assertThat(sink.streamName).isEqualTo("live/cam");
    assertThat(sink.tracks)
        .extracting(TrackDescription::codec)
        .containsExactly(Codec.H264, Codec.OPUS);
    assertThat(((H264Parameters) sink.tracks.get(0).parameters()).parameterSets())
        .containsExactly(
            Base64.getDecoder().decode("Z2QACqzZRCbARAAAAwAEAAADAKA8SJZY"),
            Base64.getDecoder().decode("aOvjyyLA"));
    assertThat(((OpusParameters) sink.tracks.get(1).parameters()).channels()).isEqualTo(2);
    assertThat(peer.statistics().sessions()).isEqualTo(1);
  }

  @Test
  void shouldPublishOnlyTheTracksThatAreSetUp() {
    peer.announce();
    assertOk(peer.setUp(1, TCP));
    assertOk(peer.request("RECORD", URI));
    assertThat(peer.sinks.first().tracks)
        .extracting(TrackDescription::codec)
        .containsExactly(Codec.OPUS);
  }

  @Test
  void shouldAnswerSetUpWithTransportAndSession() {
    peer.announce();
    String response = peer.setUp(0, TCP);
    assertOk(response);
    assertThat(response)
        .contains("Transport: RTP/AVP/TCP;unicast;interleaved=0-1;mode=record\r\n")
        .containsPattern("(?i)Session: [0-9a-f]{32};timeout=60\r\n");
  }

  @Test
  void shouldChooseTheFirstTransportItCanServe() {
    restart(options().udp(false));
    peer.announce();
    assertThat(
            peer.setUp(
                0,
                "RTP/SAVP;unicast;client_port=5000-5001,RTP/AVP;multicast,"
                    + "RTP/AVP;unicast;client_port=5000-5001;mode=record,"
                    + "RTP/AVP/TCP;unicast;interleaved=6-7;mode=\"RECORD\""))
        .contains("Transport: RTP/AVP/TCP;unicast;interleaved=6-7;mode=record\r\n");
  }

  @Test
  void shouldChooseFreeChannelsWhenTheClientNamesNone() {
    peer.announce();
    assertThat(peer.setUp(0, "RTP/AVP/TCP;unicast;mode=record")).contains("interleaved=0-1");
    assertThat(peer.setUp(1, "RTP/AVP/TCP;unicast;mode=record")).contains("interleaved=2-3");
  }

  @Test
  void shouldRefuseTransportsItCannotServe() {
    restart(options().udp(false));
    peer.announce();
    for (String transport :
        List.of(
            "RTP/AVP;unicast;client_port=5000-5001;mode=record",
            "RTP/AVP/TCP;unicast;interleaved=0-1;mode=play",
            "RTP/AVP/TCP;unicast;interleaved=255;mode=record",
            "RTP/AVP/TCP;unicast;interleaved=0-256;mode=record",
            "RTP/AVP/TCP;multicast;mode=record",
            "RAW/RAW/UDP",
            "nonsense")) {
      assertThat(peer.setUp(0, transport)).as(transport).startsWith("RTSP/1.0 461 ");
    }
    assertOk(peer.setUp(0, TCP));
    assertThat(peer.setUp(1, TCP)).as("channels in use").startsWith("RTSP/1.0 461 ");
  }

  @Test
  void shouldFindTracksByRelativeAndAbsoluteControls() {
    String sdp =
        TestPeer.SDP.replace(
            "a=control:streamid=1", "a=control:rtsp://other.name/live/cam/audio?x=1");
    assertOk(
        peer.requestWithBody("ANNOUNCE", URI + "?key=1", sdp, "Content-Type: application/sdp"));
    assertThat(peer.request("SETUP", URI + "/streamid=7", "Transport: " + TCP))
        .startsWith("RTSP/1.0 404 ");
    assertThat(peer.request("SETUP", URI, "Transport: " + TCP)).startsWith("RTSP/1.0 459 ");
    assertOk(peer.request("SETUP", URI + "?key=1/streamid=0", "Transport: " + TCP));
    assertOk(
        peer.request(
            "SETUP", "rtsp://127.0.0.1/live/cam/audio", "Transport: RTP/AVP/TCP;mode=record"));
  }

  @Test
  void shouldAcceptAggregateSetUpOfASingleTrackWithoutControl() {
    String sdp = "v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n";
    assertOk(peer.requestWithBody("ANNOUNCE", URI, sdp, "Content-Type: application/sdp"));
    assertOk(peer.request("SETUP", URI, "Transport: " + TCP));
    assertOk(peer.request("RECORD", URI + "/"));
  }

  @Test
  void shouldLetTracksBeSetUpThatAreNotRelayed() {
    String sdp = TestPeer.SDP.replace("opus/48000/2", "MPEG4-GENERIC/44100/2");
    assertOk(peer.requestWithBody("ANNOUNCE", URI, sdp, "Content-Type: application/sdp"));
    assertOk(peer.setUp(0, TCP));
    assertOk(peer.setUp(1, "RTP/AVP/TCP;unicast;interleaved=2-3;mode=record"));
    assertOk(peer.request("RECORD", URI));
    assertThat(peer.sinks.first().tracks)
        .extracting(TrackDescription::codec)
        .containsExactly(Codec.H264);
    peer.send(Rtp.frame(2, Rtp.packet(Rtp.AUDIO, 1, 1, 10)));
    assertThat(peer.statistics().discarded()).isEqualTo(1);
  }

  @Test
  void shouldRefuseAnnouncementsWithNothingToRelay() {
    String sdp = "v=0\r\nm=audio 0 RTP/AVP 3\r\n";
    assertThat(peer.requestWithBody("ANNOUNCE", URI, sdp, "Content-Type: application/sdp"))
        .startsWith("RTSP/1.0 415 ");
    assertThat(peer.requestWithBody("ANNOUNCE", URI, TestPeer.SDP, "Content-Type: text/plain"))
        .startsWith("RTSP/1.0 415 ");
    assertThat(peer.requestWithBody("ANNOUNCE", URI, "gibberish", "Content-Type: application/sdp"))
        .startsWith("RTSP/1.0 400 ");
    assertThat(peer.request("ANNOUNCE", URI, "Content-Type: application/sdp"))
        .startsWith("RTSP/1.0 400 ");
    assertOk(peer.announce());
  }

  @Test
  void shouldRefuseNamesThatAreNone() {
    for (String uri :
        List.of(
            "rtsp://host",
            "rtsp://host/",
            "rtsp://host/../b",
            "rtsp://host/%2e%2e/b",
            "rtsp://host/%FF",
            "rtsp://host/a%00",
            "http://host/a",
            "*",
            "rtsp://host/" + "x".repeat(256))) {
      assertThat(
              peer.requestWithBody("ANNOUNCE", uri, TestPeer.SDP, "Content-Type: application/sdp"))
          .as(uri)
          .startsWith("RTSP/1.0 400 ");
    }
    assertThat(peer.channel.isOpen()).isTrue();
  }

  @Test
  void shouldSayWhatIsNotValidNow() {
    assertThat(peer.request("RECORD", URI))
        .startsWith("RTSP/1.0 455 ")
        .contains("Allow: OPTIONS, ANNOUNCE, ");
    assertThat(peer.request("SETUP", URI, "Transport: " + TCP)).startsWith("RTSP/1.0 455 ");
    peer.announce();
    assertThat(peer.announce()).startsWith("RTSP/1.0 455 ").contains("Allow: OPTIONS, SETUP,");
    assertOk(peer.setUp(0, TCP));
    assertThat(peer.setUp(0, TCP)).startsWith("RTSP/1.0 455 ");
    assertThat(peer.request("PAUSE", URI)).startsWith("RTSP/1.0 455 ");
    assertOk(peer.request("RECORD", URI));
    assertThat(peer.setUp(1, "RTP/AVP/TCP;interleaved=2-3")).startsWith("RTSP/1.0 455 ");
    assertThat(peer.announce())
        .startsWith("RTSP/1.0 455 ")
        .contains("Allow: OPTIONS, RECORD, PAUSE,");
  }

  @Test
  void shouldKnowItsSessionOnly() {
    peer.record();
    String id = peer.session();
    peer.session("0123456789abcdef");
    for (String method :
        List.of("SETUP", "RECORD", "PAUSE", "TEARDOWN", "GET_PARAMETER", "OPTIONS")) {
      assertThat(peer.request(method, URI, "Transport: " + TCP))
          .as(method)
          .startsWith("RTSP/1.0 454 ");
    }
    peer.session(id + ";timeout=60");
    assertOk(peer.request("GET_PARAMETER", URI));
    assertThat(peer.request("RECORD", "rtsp://127.0.0.1/other")).startsWith("RTSP/1.0 404 ");
    assertOk(peer.request("TEARDOWN", URI));
    assertThat(peer.request("TEARDOWN", URI)).startsWith("RTSP/1.0 454 ");
  }

  @Test
  void shouldPauseAndResume() {
    peer.record();
    RecordingSinks.Sink sink = peer.sinks.first();
    peer.send(Rtp.frame(0, Rtp.packet(Rtp.VIDEO, 1, 1, 10)));
    assertOk(peer.request("PAUSE", URI));
    peer.send(Rtp.frame(0, Rtp.packet(Rtp.VIDEO, 1, 2, 10)));
    assertOk(peer.request("RECORD", URI));
    peer.send(Rtp.frame(0, Rtp.packet(Rtp.VIDEO, 1, 3, 10)));
    assertThat(sink.sequenceNumbers(0)).containsExactly(1, 3);
    assertThat(peer.sinks.opened).hasSize(1);
  }

  @Test
  void shouldPublishAgainAfterTearDown() {
    peer.record();
    assertOk(peer.request("TEARDOWN", URI));
    assertThat(peer.sinks.first().closed).isTrue();
    assertThat(peer.statistics().sessions()).isZero();
    peer.session("");
    peer.record();
    assertThat(peer.sinks.opened).hasSize(2);
  }

  @Test
  void shouldRefuseToRedirect() {
    for (String method : List.of("REDIRECT")) {
      assertThat(peer.request(method, URI))
          .startsWith("RTSP/1.0 405 ")
          .contains("Allow: OPTIONS, ANNOUNCE");
    }
    assertThat(peer.request("FLY", URI)).startsWith("RTSP/1.0 501 ");
  }

  @Test
  void shouldRefuseRequiredOptions() {
    assertThat(peer.request("OPTIONS", URI, "Require: implicit-play"))
        .startsWith("RTSP/1.0 551 ")
        .contains("Unsupported: implicit-play\r\n");
  }

  @Test
  void shouldUnderstandNoParameters() {
    assertThat(peer.requestWithBody("GET_PARAMETER", URI, "packets_received\r\n"))
        .startsWith("RTSP/1.0 451 ");
    assertThat(peer.requestWithBody("SET_PARAMETER", URI, "barparam: barstuff\r\n"))
        .startsWith("RTSP/1.0 451 ");
    assertOk(peer.request("GET_PARAMETER", URI));
    assertOk(peer.request("SET_PARAMETER", URI));
  }

  @Test
  void shouldRefuseOtherVersions() {
    peer.send("OPTIONS * RTSP/2.0\r\nCSeq: 1\r\n\r\n");
    assertThat(peer.response()).startsWith("RTSP/1.0 505 ");
    peer.send("GET / HTTP/1.1\r\nHost: a\r\nCSeq: 2\r\n\r\n");
    assertThat(peer.response()).startsWith("RTSP/1.0 505 ");
  }

  @Test
  void shouldCloseWhenTheProtocolIsBroken() {
    for (String broken :
        List.of(
            "OPTIONS * RTSP/1.0\r\nCSeq: one\r\n\r\n",
            "OPTIONS * RTSP/1.0\r\nCSeq: 12345678901\r\n\r\n",
            "OPTIONS\r\n\r\n",
            "RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n",
            "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nContent-Length: -1\r\n\r\n",
            "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nContent-Length: x\r\n\r\n",
            "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nContent-Length: +1\r\n\r\n",
            "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nContent-Length: \r\n\r\n",
            "OPTIONS rtsp://h/" + "x".repeat(9_000) + " RTSP/1.0\r\nCSeq: 1\r\n\r\n",
            "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nX: " + "x".repeat(9_000) + "\r\n\r\n",
            "\u0016\u0003\u0001\u0002 TLS \u0001\r\n\r\n")) {
      restart(options());
      peer.send(broken + "OPTIONS * RTSP/1.0\r\nCSeq: 9\r\n\r\n");
      assertThat(peer.response()).as(broken).startsWith("RTSP/1.0 400 ").doesNotContain("200 OK");
      assertThat(peer.channel.isOpen()).as(broken).isFalse();
      assertThat(peer.statistics().malformed()).as(broken).isEqualTo(1);
    }
  }

  @Test
  void shouldRefuseLongBodiesBeforeTheyCome() {
    for (String length : List.of("32769", "65537", "99999999999999999999")) {
      restart(options());
      peer.send("ANNOUNCE %s RTSP/1.0\r\nContent-Length: %s\r\n\r\n".formatted(URI, length));
      assertThat(peer.response()).startsWith("RTSP/1.0 413 ");
      assertThat(peer.channel.isOpen()).isFalse();
    }
  }

  @Test
  void shouldAnswerPipelinedRequestsInOrder() {
    peer.send(
        peer.text("OPTIONS", URI, "") + peer.text("REDIRECT", URI, "") + peer.text("FLY", URI, ""));
    assertThat(peer.response().split("\r\n\r\n"))
        .satisfiesExactly(
            first -> assertThat(first).contains(" 200 ").contains("CSeq: 1"),
            second -> assertThat(second).contains(" 405 ").contains("CSeq: 2"),
            third -> assertThat(third).contains(" 501 ").contains("CSeq: 3"));
  }

  @Test
  void shouldLimitSessions() {
    restart(options().maxSessions(1));
    assertOk(peer.announce());
    TestPeer second = new TestPeer(peer);
    assertThat(second.announce()).startsWith("RTSP/1.0 503 ");
    assertThat(peer.statistics().sessionsRefused()).isEqualTo(1);
    peer.channel.close();
    peer.channel.runPendingTasks();
    assertOk(second.announce());
    second.close();
  }

  @Test
  void shouldSayWhenTheEngineRefuses() {
    peer.announce();
    assertOk(peer.setUp(0, TCP));
    peer.sinks.refusing = true;
    assertThat(peer.request("RECORD", URI)).startsWith("RTSP/1.0 503 ");
    peer.sinks.refusing = false;
    assertOk(peer.request("RECORD", URI));
  }

  @Test
  void shouldEndTheSessionWithItsConnection() {
    peer.record();
    peer.channel.close();
    peer.channel.runPendingTasks();
    assertThat(peer.sinks.first().closed).isTrue();
    assertThat(peer.statistics().sessions()).isZero();
    assertThat(peer.statistics().connections()).isZero();
  }

  @Test
  void shouldCloseTheConnectionOfAReplacedPublisher() {
    peer.record();
    peer.sinks.first().superseded = true;
    peer.send(Rtp.frame(0, Rtp.packet(Rtp.VIDEO, 1, 1, 10)));
    assertThat(peer.channel.isOpen()).isFalse();
    assertThat(peer.statistics().takeovers()).isEqualTo(1);
  }

  @Test
  void shouldLimitTheIdleConnectionsOfAnAddress() {
    restart(options().maxIdlePerAddress(2));
    TestPeer second = new TestPeer(peer);
    TestPeer third = new TestPeer(peer);
    assertThat(third.channel.isOpen()).isFalse();
    peer.record();
    TestPeer fourth = new TestPeer(peer);
    assertThat(fourth.channel.isOpen()).as("those that publish do not count").isTrue();
    assertOk(peer.request("TEARDOWN", URI));
    assertThat(peer.channel.isOpen()).as("idle again, and too many").isFalse();
    fourth.close();
    TestPeer fifth = new TestPeer(second);
    assertThat(fifth.channel.isOpen()).isTrue();
    assertThat(peer.statistics().connectionsRefused()).isEqualTo(1);
    List.of(second, third, fifth).forEach(TestPeer::close);
  }
}
