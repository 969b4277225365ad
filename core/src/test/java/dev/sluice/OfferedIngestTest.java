package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.codec.Codec;
import dev.sluice.engine.Engines;
import dev.sluice.webrtc.WatchingPeer;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An engine that takes its streams from another one. */
@Timeout(60)
class OfferedIngestTest {
  /** the header of a keyframe of 640 x 360 */
  private static final byte[] VP8_KEYFRAME = {
    0x10, 0, 0, (byte) 0x9D, 1, 0x2A, (byte) 0x80, 2, 0x68, 1
  };

  private final RelayEngine origin = engine();
  private final RelayEngine edge = engine();

  private static RelayEngine engine() {
    return Engines.onLoopback(2);
  }

  @AfterEach
  void close() {
    edge.close();
    origin.close();
  }

  private IngestOffer offer(String name) throws Exception {
    return edge.offerIngest(name, PeerContext.NONE).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private Ingest pull(String from, String to) throws Exception {
    IngestOffer offer = offer(to);
    return offer.accept(origin.play(from, offer.sdp()).answer());
  }

  private void awaitLive(String name) {
    Await.await(() -> edge.stream(name).filter(LiveStream::isLive).isPresent(), name);
  }

  @Test
  void shouldPublishWhatAnotherEngineSends() throws Exception {
    TestStreams.publishKeyframe(origin, "cam");
    Ingest ingest = pull("cam", "copy");
    awaitLive("copy");
    Await.await(ingest::isConnected, "the connection");
    assertThat(ingest.answer()).contains("a=ice-lite");
    assertThat(ingest.refusedMedia()).extracting(RefusedMedia::kind).containsExactly("audio");
    assertThat(edge.stream("copy").orElseThrow().tracks())
        .extracting(TrackDescription::codec)
        .containsExactly(Codec.H264);
    try (WatchingPeer peer = new WatchingPeer()) {
      peer.watch(edge.play("copy", peer.offer()), edge.localAddress());
    }
    assertThat(ingest.statistics().packetsReceived()).isPositive();
  }

  @Test
  void shouldSendToAPeerThatWaitsForTheOtherEndToBeginWithDtls() throws Exception {
    TestStreams.publishKeyframe(origin, "cam");
    IngestOffer offer = offer("copy");
    String passive = offer.sdp().replace("a=setup:actpass", "a=setup:passive");
    Viewer viewer = origin.play("cam", passive);
    assertThat(viewer.answer()).contains("a=setup:active");
    Ingest ingest = offer.accept(viewer.answer());
    Await.await(() -> ingest.statistics().packetsReceived() > 0, "packets");
    assertThat(viewer.isConnected()).isTrue();
  }

  @Test
  void shouldCountWhatComesOnTheSocketOfACallAlsoWhenItHasEnded() throws Exception {
    TestStreams.publishKeyframe(origin, "cam");
    Ingest ingest = pull("cam", "copy");
    awaitLive("copy");
    long before = edge.statistics().datagramsReceived();
    assertThat(before).isPositive();
    CountDownLatch ended = new CountDownLatch(1);
    ingest.onClose(ended::countDown);
    ingest.close();
    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(edge.statistics().datagramsReceived()).isGreaterThanOrEqualTo(before);
    assertThat(edge.statistics().datagramsSent()).isPositive();
  }

  /** An answer may list several, and only packets tell which of them is sent. */
  @Test
  void shouldPublishTheCodecThatComesWhateverTheAnswerListsFirst() throws Exception {
    Publisher vp8 = origin.publish("cam", List.of(TrackDescription.of("video", Codec.VP8)));
    vp8.frames("video").writeFrame(ByteBuffer.wrap(VP8_KEYFRAME), 0);
    vp8.track("video").flush();
    IngestOffer offer = offer("copy");
    String answer = origin.play("cam", offer.sdp()).answer();
    Ingest ingest =
        offer.accept(
            answer.replaceFirst(
                "(m=video \\S+ \\S+) ([\\s\\S]*?)a=rtpmap",
                "$1 96 98 $2a=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1\r\n"
                    + "a=rtpmap:98 VP9/90000\r\na=rtpmap"));
    awaitLive("copy");
    assertThat(edge.stream("copy").orElseThrow().tracks())
        .extracting(TrackDescription::codec)
        .containsExactly(Codec.VP8);
    Await.await(() -> ingest.statistics().packetsReceived() > 0, "packets");
  }

  @Test
  void shouldPublishTheCodecThatTheAnswerListsFirstWhereNothingComes() throws Exception {
    origin.publish("cam", List.of(TrackDescription.of("video", Codec.VP8)));
    IngestOffer offer = offer("copy");
    String answer = origin.play("cam", offer.sdp()).answer();
    offer.accept(
        answer.replaceFirst(
            "(m=video \\S+ \\S+ \\S+)([\\s\\S]*?)a=rtpmap",
            "$1 98$2a=rtpmap:98 VP9/90000\r\na=rtpmap"));
    awaitLive("copy");
    assertThat(edge.stream("copy").orElseThrow().tracks())
        .extracting(TrackDescription::codec)
        .containsExactly(Codec.VP8);
  }

  /** On one port they would all be at one address on either side. */
  @Test
  void shouldTakeManyStreamsFromOneEngine() throws Exception {
    List<Ingest> ingests = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      TestStreams.publishKeyframe(origin, "cam" + i);
      ingests.add(pull("cam" + i, "copy" + i));
    }
    for (int i = 0; i < ingests.size(); i++) {
      awaitLive("copy" + i);
      Ingest ingest = ingests.get(i);
      Await.await(() -> ingest.statistics().packetsReceived() > 0, "packets");
    }
  }

  @Test
  void shouldEndWithTheViewerAtTheOtherEnd() throws Exception {
    TestStreams.publishKeyframe(origin, "cam");
    IngestOffer offer = offer("copy");
    Viewer viewer = origin.play("cam", offer.sdp());
    Ingest ingest = offer.accept(viewer.answer());
    awaitLive("copy");
    viewer.close();
    Await.await(ingest::isClosed, "the end");
    assertThat(ingest.disconnectReason()).isEqualTo(DisconnectReason.CLOSED_BY_PEER);
    assertThat(edge.stream("copy").filter(LiveStream::isLive)).isEmpty();
  }

  @Test
  void shouldTellTheOtherEndWhenItLeaves() throws Exception {
    TestStreams.publishKeyframe(origin, "cam");
    IngestOffer offer = offer("copy");
    Viewer viewer = origin.play("cam", offer.sdp());
    Ingest ingest = offer.accept(viewer.answer());
    awaitLive("copy");
    ingest.close();
    Await.await(viewer::isClosed, "the end");
    assertThat(viewer.disconnectReason()).isEqualTo(DisconnectReason.CLOSED_BY_PEER);
  }

  @Test
  void shouldRefuseAnAnswerThatGivesNothing() throws Exception {
    for (String nothing :
        List.of("nonsense", "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n")) {
      try (IngestOffer offer = offer("copy")) {
        assertThatThrownBy(() -> offer.accept(nothing)).isInstanceOf(NegotiationException.class);
      }
    }
  }

  @Test
  void shouldTakeOneAnswerOnly() throws Exception {
    TestStreams.publishKeyframe(origin, "cam");
    IngestOffer offer = offer("copy");
    String answer = origin.play("cam", offer.sdp()).answer();
    Ingest ingest = offer.accept(answer);
    assertThatIllegalStateException().isThrownBy(() -> offer.accept(answer));
    Await.await(ingest::isConnected, "the connection");
    offer.close();
    Await.await(ingest::isClosed, "the end");
    assertThatIllegalStateException().isThrownBy(() -> offer.accept(answer));
  }

  @Test
  void shouldNotBeAnsweredOnceItIsClosed() throws Exception {
    TestStreams.publishKeyframe(origin, "cam");
    IngestOffer offer = offer("copy");
    String answer = origin.play("cam", offer.sdp()).answer();
    offer.close();
    assertThatIllegalStateException().isThrownBy(() -> offer.accept(answer));
  }

  @Test
  void shouldNotBeRestartedByThePeer() throws Exception {
    TestStreams.publishKeyframe(origin, "cam");
    Ingest ingest = pull("cam", "copy");
    assertThatThrownBy(
            () -> ingest.restartIce("a=ice-ufrag:abcd\r\na=ice-pwd:abcdefghijklmnopqrstuv\r\n"))
        .isInstanceOf(NegotiationException.class);
  }

  @Test
  void shouldLeaveNoSocketBehind() throws Exception {
    IngestOffer offer = offer("copy");
    String pattern = "(?s).*a=candidate:\\S+ 1 udp \\d+ \\S+ (\\d+).*";
    int port = Integer.parseInt(offer.sdp().replaceAll(pattern, "$1"));
    assertThat(port).isNotEqualTo(edge.localAddress().getPort());
    edge.close();
    new DatagramSocket(port, InetAddress.getLoopbackAddress()).close();
  }
}
