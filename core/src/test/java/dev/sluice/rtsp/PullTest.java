package dev.sluice.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TrackDescription;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client's side of RTSP, in virtual time. */
class PullTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private PullServer server = new PullServer(PullServer.options());

  @AfterEach
  void close() {
    server.close();
  }

  private void start() {
    server.keeper.start();
  }

  private void start(RtspPullBuilder options) {
    server = new PullServer(options);
    start();
  }

  @Test
  void shouldPublishWhatTheServerSends() {
    start();
    assertThat(server.expect("OPTIONS " + PullServer.URL)).contains("User-Agent: Sluice\r\n");
    server.respond("200 OK");
    assertThat(server.expect("DESCRIBE " + PullServer.URL))
        .contains("Accept: application/sdp\r\n")
        .doesNotContain("Session:");
    server.respondWithDescription();
    assertThat(server.expect("SETUP " + PullServer.URL + "/streamid=0 RTSP/1.0\r\n"))
        .contains("Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n");
    server.respond("200 OK", "Session: 47;timeout=30");
    assertThat(server.expect("SETUP " + PullServer.URL + "/streamid=1 RTSP/1.0\r\n"))
        .contains("Session: 47\r\n", "interleaved=2-3\r\n");
    server.respond("200 OK", "Session: 47;timeout=30");
    assertThat(server.expect("PLAY " + PullServer.URL + " RTSP/1.0\r\n")).contains("Session: 47");
    assertThat(server.sinks.opened).isEmpty();
    server.respond("200 OK");
    server.sendMedia(1);
    assertThat(server.sinks.first().packets).hasSize(1);
    assertThat(server.sinks.first().tracks).hasSize(2);
    assertThat(server.events).containsExactly("connected");
    assertThat(server.keeper.statistics().state()).isEqualTo(RtspPull.State.PLAYING);
    assertThat(server.keeper.statistics().rtpPackets()).isOne();
  }

  @Test
  void shouldPublishThePictureAloneOfAnotherEncoding() {
    server = new PullServer(PullServer.options(), "sub");
    start();
    server.expect("OPTIONS ");
    server.respond("200 OK");
    server.describe();
    server.expect("SETUP " + PullServer.URL + "/streamid=0");
    server.respond("200 OK", "Session: 47");
    server.expect("PLAY ");
    server.respond("200 OK");
    assertThat(server.sinks.first().context.rendition()).isEqualTo("sub");
    assertThat(server.sinks.first().tracks).singleElement().matches(TrackDescription::isVideo);
  }

  @Test
  void shouldSayGoodByeWhenNobodyWantsTheStream() {
    start();
    server.play();
    server.keeper.stop();
    assertThat(server.expect("TEARDOWN " + PullServer.URL)).contains("Session: 47");
    assertThat(server.channel.isOpen()).isFalse();
    assertThat(server.sinks.first().closed).isTrue();
    server.advance(MINUTE);
    assertThat(server.connected).hasSize(1);
    assertThat(server.keeper.statistics().state()).isEqualTo(RtspPull.State.IDLE);
    start();
    assertThat(server.connected).hasSize(2);
  }

  @Test
  void shouldReportToTheServerAndAskForKeyframes() {
    start();
    server.play();
    server.sendMedia(1);
    server.sinks.first().keyframeRequest.run();
    server.channel.runPendingTasks();
    assertThat(server.expect("$")).as("a frame of RTCP").hasSizeGreaterThan(40);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rtsp://camera:8554/live/ | streamid=0 | rtsp://camera:8554/live/streamid=0",
        "rtsp://camera:8554/live | /streamid=0 | rtsp://camera:8554/live/streamid=0",
        "rtsp://camera:8554/other | streamid=0 | rtsp://camera:8554/other/streamid=0",
        "rtsp://camera:8554/live?ch=1 | trackID=0 | rtsp://camera:8554/live?ch=1/trackID=0",
        "rtsp://camera:8554/live | ?track=0 | rtsp://camera:8554/live?track=0",
        "rtsp://camera:8554/live | rtsp://10.0.0.1/a?b=c | rtsp://10.0.0.1/a?b=c",
        "rtsp://camera:8554/live | * | rtsp://camera:8554/live",
        "rtsp://camera:8554/live | a b\tc\u007F | rtsp://camera:8554/live/a%20b%09c%7F",
        "rtsp://camera:8554/live | rtsp://10.0.0.1/a b | rtsp://10.0.0.1/a%20b",
      })
  void shouldResolveControls(String base, String control, String expected) {
    server.sdp = TestPeer.SDP.replace("streamid=0", control);
    start();
    server.expect("OPTIONS ");
    server.respond("200 OK");
    server.describe("Content-Base: " + base);
    server.expect("SETUP " + expected + " RTSP/1.0\r\n");
  }

  @Test
  void shouldSetUpASingleTrackWithoutControl() {
    server.sdp = "v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n";
    start();
    server.expect("OPTIONS ");
    server.respond("501 Not Implemented");
    server.describe();
    server.expect("SETUP " + PullServer.URL + " RTSP/1.0\r\n");
    server.respond("200 OK", "Session: 1");
    server.expect("PLAY " + PullServer.URL + " RTSP/1.0\r\n");
  }

  @Test
  void shouldSetUpOnlyWhatIsRelayed() {
    server.sdp =
        "v=0\r\nm=application 0 RTP/AVP 107\r\na=rtpmap:107 vnd.onvif.metadata/90000\r\n"
            + "m=audio 0 RTP/AVP 104\r\na=rtpmap:104 mpeg4-generic/16000\r\na=control:a\r\n"
            + "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:v\r\n";
    start();
    server.expect("OPTIONS ");
    server.respond("200 OK");
    server.describe();
    server.expect("SETUP " + PullServer.URL + "/v ");
    server.respond("200 OK", "Session: 1");
    server.expect("PLAY ");
    assertThat(server.keeper.statistics().tracksDropped()).isEqualTo(2);
  }

  @Test
  void shouldPlayEachTrackWhereThereIsNoAggregate() {
    start();
    server.expect("OPTIONS ");
    server.respond("200 OK");
    server.describe();
    server.expect("SETUP ");
    server.respond("200 OK", server.session);
    server.expect("SETUP ");
    server.respond("200 OK", server.session);
    server.expect("PLAY " + PullServer.URL + " ");
    server.respond("459 Aggregate Operation Not Allowed");
    server.expect("PLAY " + PullServer.URL + "/streamid=0 ");
    server.respond("200 OK");
    server.expect("PLAY " + PullServer.URL + "/streamid=1 ");
    server.respond("200 OK");
    assertThat(server.events).endsWith("connected");
  }

  @Test
  void shouldTakeTheChannelsThatTheServerChose() {
    server.setUpAnswer = "Transport: RTP/AVP/TCP;unicast;interleaved=6-7;mode=\"PLAY\"";
    start();
    server.play();
    server.send(Rtp.frame(6, Rtp.packet(Rtp.VIDEO, 7, 1, 100)));
    assertThat(server.sinks.first().packets).hasSize(1);
  }

  @Test
  void shouldNotTakeATransportThatItDidNotAskFor() {
    server.setUpAnswer = "Transport: RTP/AVP;multicast;destination=239.0.0.1;port=5000-5001";
    start();
    server.expect("OPTIONS ");
    server.respond("200 OK");
    server.describe();
    server.expect("SETUP ");
    server.respond("200 OK", server.session, server.setUpAnswer);
    assertThat(server.events)
        .containsExactly("the server chose a transport that was not asked for");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Session: 47;timeout=20 | 10",
        "Session: 47; Timeout = 90 | 45",
        "Session: 47 | 30",
        "Session: 47;timeout=0 | 30",
        "Session: 47;timeout=123456789 | 30",
      })
  void shouldKeepTheSessionAlive(String session, int seconds) {
    server.session = session;
    start();
    server.play();
    for (int i = 0; i < seconds - 1; i++) {
      server.sendMedia(i);
      server.advance(SECOND);
    }
    assertThat(server.expect("$")).as("reports alone").doesNotContain("RTSP");
    server.advance(SECOND);
    assertThat(server.expect(""))
        .contains("GET_PARAMETER " + PullServer.URL + " RTSP/1.0\r\n", "Session: 47\r\n");
  }

  @Test
  void shouldKeepAliveByOptionsWhereTheServerTakesNothingElse() {
    server.session = "Session: 47;timeout=4";
    start();
    server.play();
    keepAlive("GET_PARAMETER");
    server.respond("405 Method Not Allowed");
    keepAlive("OPTIONS");
    server.respond("200 OK");
    keepAlive("OPTIONS");
    server.respond("454 Session Not Found");
    assertThat(server.events)
        .containsExactly("connected", "keep-alive was answered with 454 Session Not Found");
  }

  @Test
  void shouldCountOnlyTheKeepAlivesThatItSends() {
    server.session = "Session: 47;timeout=4";
    start();
    server.play();
    for (int i = 0; i < 2; i++) {
      server.sendMedia(i);
      server.advance(SECOND.multipliedBy(2));
    }
    assertThat(server.expect("").split("GET_PARAMETER")).as("one waits").hasSize(2);
    assertThat(server.keeper.statistics().keepAlives()).isOne();
  }

  private void keepAlive(String method) {
    server.sendMedia(1);
    server.advance(SECOND.multipliedBy(2));
    assertThat(server.expect("")).contains(method + " ");
  }

  @Test
  void shouldAnswerWhatTheServerAsks() {
    start();
    server.play();
    server.send("OPTIONS * RTSP/1.0\r\nCSeq: 9\r\n\r\n".getBytes());
    assertThat(server.expect("RTSP/1.0 200 OK")).contains("CSeq: 9\r\n");
    server.send("ANNOUNCE * RTSP/1.0\r\nCSeq: 10\r\n\r\n".getBytes());
    server.expect("RTSP/1.0 501 ");
  }

  @Test
  void shouldSayWhyNothingIsRelayed() {
    server.sdp = "v=0\r\nm=video 0 RTP/AVP 26\r\na=control:x\r\n";
    start();
    server.expect("OPTIONS ");
    server.respond("200 OK");
    server.describe();
    assertThat(server.events.get(0)).contains("JPEG video is not relayed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no description", "v=0\r\nm=video x\r\n", ""})
  void shouldBearAMalformedDescription(String sdp) {
    server.sdp = sdp;
    start();
    server.expect("OPTIONS ");
    server.respond("200 OK");
    server.describe();
    assertThat(server.events).hasSize(1);
    server.untilConnected(MINUTE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage\r\n\r\n", "RTSP/1.0 abc\r\n\r\n", "RTSP/1.0\r\n\r\n", "$$$$$$"})
  void shouldEndWhereTheServerBreaksTheProtocol(String bytes) {
    start();
    server.send(bytes.getBytes());
    assertThat(server.events).singleElement().asString().startsWith("it broke the protocol");
    server.untilConnected(MINUTE);
  }

  @Test
  void shouldNotMindResponsesThatNobodyWaitsFor() {
    start();
    server.send("RTSP/1.0 200 OK\r\nCSeq: 99\r\n\r\n".getBytes());
    server.expect("OPTIONS ");
    server.respond("100 Continue");
    server.expectNothing();
    server.send("RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n".getBytes());
    server.expect("DESCRIBE ");
  }

  @Test
  void shouldTellNoSecret() {
    start(new RtspPullBuilder(null, "cam", "rtsp://me:secret@camera/live?pwd=secret"));
    server.expect("OPTIONS rtsp://camera/live?pwd=secret ");
    server.respond("403 Forbidden");
    server.expect("DESCRIBE ");
    server.respond("403 Forbidden");
    assertThat(List.of(server.events, server.connected, server.keeper.statistics()).toString())
        .contains("403 Forbidden")
        .doesNotContain("secret");
  }

  @Test
  void shouldNotQuoteWhatWasThrown() {
    start();
    server
        .channel
        .pipeline()
        .fireExceptionCaught(new IllegalStateException("rtsp://camera/live?pwd=secret"));
    assertThat(server.events).containsExactly("java.lang.IllegalStateException");
    assertThat(server.keeper.statistics().lastFailure())
        .isEqualTo("java.lang.IllegalStateException");
  }
}
