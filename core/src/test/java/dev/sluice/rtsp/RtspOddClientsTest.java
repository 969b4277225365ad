package dev.sluice.rtsp;

import static dev.sluice.rtsp.TestPeer.SDP;
import static dev.sluice.rtsp.TestPeer.URI;
import static dev.sluice.rtsp.TestPeer.assertOk;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What real clients send beside the letter of RFC 2326, and what they are told when it is too odd.
 */
class RtspOddClientsTest {
  private static final String SDP_TYPE = "Content-Type: application/sdp";
  private static final String TCP = "Transport: RTP/AVP/TCP;unicast;interleaved=0-1;mode=record";

  private final TestPeer peer = new TestPeer();

  @AfterEach
  void nothingLeaks() {
    peer.close();
  }

  private void announce() {
    assertOk(peer.announce());
  }

  private void sendsMedia() {
    peer.send(Rtp.frame(0, Rtp.packet(Rtp.VIDEO, 1, 7, 10)));
    assertThat(peer.sinks.first().sequenceNumbers(0)).contains(7);
  }

  @Test
  void shouldPublishUnderANameWithASlashBehindIt() {
    String uri = "rtsp://127.0.0.1:8554/f1/";
    assertOk(peer.requestWithBody("ANNOUNCE", uri, SDP, SDP_TYPE));
    assertOk(peer.request("SETUP", uri + "/streamid=0", TCP));
    assertOk(peer.request("RECORD", uri));
    assertThat(peer.sinks.first().streamName).isEqualTo("f1");
    sendsMedia();
  }

  @Test
  void shouldDecodeNamesOnce() {
    assertOk(peer.requestWithBody("ANNOUNCE", "rtsp://h/%C3%BCber%20x", SDP, SDP_TYPE));
    assertOk(peer.request("SETUP", "rtsp://h/%C3%BCber%20x/streamid=0", TCP));
    assertOk(peer.request("RECORD", "rtsp://h/%c3%bcber%20x"));
    assertThat(peer.sinks.first().streamName).isEqualTo("über x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r", "\0", "\u000b", "\u007f"})
  void shouldRefuseControlCharactersInAHead(String control) {
    assertThat(peer.request("OPTIONS", URI, "Require: a" + control + "b"))
        .startsWith("RTSP/1.0 400 Bad Request: malformed request, its head has a control");
    TestPeer next = new TestPeer(peer);
    assertThat(next.request("DESCRIBE", URI + "?a" + control + "b")).startsWith("RTSP/1.0 400 ");
    next.close();
    assertThat(peer.statistics().failures()).isZero();
  }

  @Test
  void shouldSayWhyANameIsRefused() {
    assertThat(peer.requestWithBody("ANNOUNCE", "rtsp://h/%FF", SDP, SDP_TYPE))
        .startsWith("RTSP/1.0 400 Bad Request: the stream's name is not UTF-8\r\n");
    assertThat(peer.sinks.refusals).singleElement().asString().contains("not UTF-8");
  }

  @Test
  void shouldSayWhatToChangeAtTheEncoder() {
    String other = SDP.replace("H264", "theora").replace("opus/48000/2", "vorbis/8000");
    assertThat(peer.requestWithBody("ANNOUNCE", URI, other, SDP_TYPE))
        .startsWith("RTSP/1.0 415 ")
        .contains("theora video is not relayed, set the encoder to H264");
    assertThat(peer.statistics().announcementsRefused()).isEqualTo(1);
    assertThat(peer.sinks.refusals).singleElement().asString().contains("set the encoder to H264");
    assertOk(
        peer.requestWithBody(
            "ANNOUNCE", URI, SDP.replace("opus/48000/2", "vorbis/8000"), SDP_TYPE));
    assertThat(peer.statistics().tracksDropped()).isEqualTo(1);
  }

  @Test
  void shouldNotNeedTheSessionToBeNamed() {
    announce();
    for (String id : List.of("", "  ", ";timeout=60")) {
      peer.session(id);
      String header = "Session: " + id;
      assertOk(peer.request("GET_PARAMETER", URI, header));
    }
    peer.session("");
    assertOk(peer.request("SETUP", URI + "/streamid=0", "Session: ", TCP));
    peer.session("");
    assertOk(peer.request("SETUP", URI + "/streamid=1", "Transport: RTP/AVP/TCP;interleaved=2-3"));
    peer.session("");
    assertOk(peer.request("RECORD", "*"));
    sendsMedia();
    peer.session("");
    assertOk(peer.request("TEARDOWN", URI));
    assertThat(peer.sinks.first().closed).isTrue();
  }

  @Test
  void shouldNameTheSessionFromTheFirst() {
    assertThat(peer.announce()).containsPattern("(?i)Session: [0-9a-f]{32};timeout=60\r\n");
    assertOk(peer.request("SETUP", URI + "/streamid=0", TCP));
  }

  @Test
  void shouldTakeLinesThatEndWithLfAlone() {
    String request = peer.text("ANNOUNCE", URI, SDP, SDP_TYPE).replace("\r\n", "\n");
    request =
        request.replaceFirst(
            "Content-Length: \\d+", "Content-Length: " + SDP.replace("\r", "").length());
    peer.send(request + "OPTIONS * RTSP/1.0\nCSeq: 2\n\n");
    assertThat(peer.response().split("\r\n\r\n"))
        .hasSize(2)
        .allSatisfy(response -> assertThat(response).startsWith("RTSP/1.0 200 "));
  }

  @Test
  void shouldTakeLineBreaksInACredential() {
    for (String value :
        List.of("Basic YTpi\n", "Basic YT\npi\n", "Basic YT\r\n pi", "Basic YTpi")) {
      peer.send(
          "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nAuthorization: " + value + "\r\nSession: 9\r\n\r\n");
      assertThat(peer.response()).as(value).startsWith("RTSP/1.0 454 ");
    }
  }

  @Test
  void shouldNotMindCaseSpacesOrAMissingCSeq() {
    for (String request :
        List.of(
            "options * rtsp/1.0\r\ncseq: 5\r\n\r\n",
            "OPTIONS  *  RTSP/1.0 \r\nCSEQ:5\r\n\r\n",
            "\r\n\r\nOPTIONS * RTSP/1.0\r\nCSeq :   5  \r\n\r\n",
            "OPTIONS /a RTSP/1.0\r\nCSeq: 5\r\nContent-Length: 0\r\n\r\n")) {
      peer.send(request);
      assertThat(peer.response())
          .as(request)
          .startsWith("RTSP/1.0 200 ")
          .containsIgnoringCase("CSeq: 5\r\n");
    }
    peer.send("OPTIONS * RTSP/1.0\r\n\r\n");
    assertThat(peer.response()).startsWith("RTSP/1.0 200 ").doesNotContain("CSeq");
  }

  @Test
  void shouldFindTracksRelativeToTheContentBase() {
    assertOk(
        peer.requestWithBody(
            "ANNOUNCE", URI, SDP, SDP_TYPE, "Content-Base: rtsp://camera.local/out/"));
    assertOk(peer.request("SETUP", "rtsp://camera.local/out/streamid=0", TCP));
    assertOk(peer.request("RECORD", "rtsp://camera.local/out/"));
  }

  @Test
  void shouldSetUpTracksWithoutControlsInTheirOrder() {
    assertOk(
        peer.requestWithBody(
            "ANNOUNCE", URI, SDP.replaceAll("a=control:[^\r]*\r\n", ""), SDP_TYPE));
    assertOk(peer.request("SETUP", URI, TCP));
    assertOk(peer.request("SETUP", URI, "Transport: RTP/AVP/TCP;interleaved=2-3"));
    assertOk(peer.request("RECORD", URI));
    assertThat(peer.sinks.first().tracks).hasSize(2);
  }

  @Test
  void shouldTakeTransportsThatMeanTheSame() {
    for (String transport :
        List.of(
            "rtp/avp/tcp;unicast;interleaved=0-1",
            "RTP/AVPF/TCP; unicast; interleaved = 0 - 1; mode=\"RECORD\"",
            "RTP/AVP;unicast;interleaved=0-1",
            "RTP/AVP/TCP;unicast;interleaved=0-1;mode=receive;destination=1.2.3.4",
            "RTP/AVP/TCP;interleaved=0")) {
      TestPeer other = new TestPeer(peer);
      assertOk(other.announce());
      assertThat(other.setUp(0, transport)).as(transport).contains("interleaved=0-1");
      other.close();
    }
  }

  @Test
  void shouldSayWhyATransportIsRefused() {
    announce();
    assertThat(peer.setUp(0, "RTP/SAVP;unicast;client_port=5000-5001"))
        .startsWith("RTSP/1.0 461 Unsupported transport: taken are ");
  }

  @Test
  void shouldFindTheNextFrameBehindOtherBytes() {
    peer.record();
    peer.send("some garbage $");
    sendsMedia();
    assertOk(peer.request("GET_PARAMETER", URI));
    assertThat(peer.channel.isOpen()).isTrue();
  }

  @Test
  void shouldHoldNothingOfFramesThatAreNotRecorded() {
    byte[] half = {'$', 0, (byte) 0xFF, (byte) 0xFF, 1, 2, 3};
    TestPeer stranger = new TestPeer(peer);
    stranger.send(half);
    assertThat(stranger.response()).startsWith("RTSP/1.0 400 ");
    assertThat(stranger.channel.isOpen()).isFalse();
    stranger.close();
    announce();
    assertOk(peer.request("SETUP", URI + "/streamid=0", TCP));
    peer.send(half);
    peer.send(new byte[60_000]);
    assertThat(peer.held()).isZero();
  }

  @Test
  void shouldAllocateNothingForAnAnnouncedBody() {
    peer.send("ANNOUNCE " + URI + " RTSP/1.0\r\nCSeq: 1\r\nContent-Length: 32768\r\n\r\nv");
    assertThat(peer.held()).isLessThanOrEqualTo(4_096);
  }

  @Test
  void shouldCloseOnAClientThatDoesNotReadItsResponses() {
    peer.channel.blocked = true;
    for (int i = 0; i < 20; i++) {
      peer.request("OPTIONS", URI);
    }
    assertThat(peer.channel.isOpen()).isFalse();
  }

  @Test
  void shouldNotWaitForAClientThatDoesNotReadItsLastResponse() {
    peer.channel.blocked = true;
    peer.send("OPTIONS * RTSP/1.0\r\nCSeq: none\r\n\r\n");
    assertThat(peer.channel.isOpen()).isTrue();
    peer.advance(Duration.ofSeconds(6));
    assertThat(peer.channel.isOpen()).isFalse();
  }
}
