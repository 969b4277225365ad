package dev.sluice.webrtc;

import static dev.sluice.webrtc.PublishingPeer.AUDIO;
import static dev.sluice.webrtc.PublishingPeer.RTX;
import static dev.sluice.webrtc.PublishingPeer.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TrackDescription;
import dev.sluice.codec.Codec;
import dev.sluice.receive.RecordingSinks;
import dev.sluice.rtcp.MessageType;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Peers that may send each track in several formats. */
class IncomingFormatsTest extends IngestHarness {
  private static final int H264 = 98;
  private static final int H264_RTX = 99;
  private static final int G711 = 0;
  private static final long PATIENCE = 500 * MILLISECOND;

  private int audioNumber;
  private boolean simulcast;

  @Override
  String offered(String offer) {
    String several = several(offer);
    return simulcast ? SimulcastTest.simulcast(several) : several;
  }

  private static String several(String offer) {
    return offer
        .replace("SAVPF 96 97", "SAVPF 96 97 98 99")
        .replace(
            "a=rtpmap:97 ",
            """
            a=rtpmap:98 H264/90000
            a=rtcp-fb:98 nack
            a=rtcp-fb:98 transport-cc
            a=fmtp:98 packetization-mode=1;profile-level-id=42e01f
            a=rtpmap:99 rtx/90000
            a=fmtp:99 apt=98
            a=rtpmap:97\s""")
        .replace("SAVPF 63 111", "SAVPF 63 111 0");
  }

  private void h264(int sequenceNumber) {
    send(peer.packet(H264, 1, sequenceNumber, (byte) sequenceNumber));
  }

  private void audio() {
    audioNumber++;
    send(peer.packet(AUDIO, 2, audioNumber, (byte) audioNumber));
  }

  private static List<Codec> codecs(RecordingSinks.Sink sink) {
    return sink.tracks.stream().map(TrackDescription::codec).toList();
  }

  private RecordingSinks.Sink newest() {
    return sinks.opened.get(sinks.opened.size() - 1);
  }

  @Test
  void shouldPublishTheFormatThatComes() throws Exception {
    connect();
    h264(1);
    assertThat(sinks.opened).isEmpty();
    audio();
    assertThat(codecs(sink())).containsExactly(Codec.H264, Codec.OPUS);
    h264(2);
    assertThat(sink().sequenceNumbers(0)).containsExactly(1, 2);
    assertThat(sink().sequenceNumbers(1)).containsExactly(1);
    assertThat(sinks.opened).hasSize(1);
  }

  @Test
  void shouldTellWhenPacketsCameThatItHasNotPublishedYet() throws Exception {
    connect();
    h264(1);
    assertThat(feedback(STEP))
        .extracting(PublishingPeer.Message::type)
        .contains(MessageType.TRANSPORT_FEEDBACK);
    assertThat(sinks.opened).isEmpty();
  }

  @Test
  void shouldRepairTheFormatThatComes() throws Exception {
    connect();
    h264(1);
    audio();
    h264(3);
    send(peer.packet(RTX, 8, 500, (byte) 0, (byte) 2, (byte) 41));
    send(peer.packet(H264_RTX, 9, 500, (byte) 0, (byte) 2, (byte) 42));
    assertThat(sink().sequenceNumbers(0)).containsExactly(1, 2, 3);
    assertThat(sink().packets).anyMatch(packet -> packet.payload()[0] == 42);
  }

  @Test
  void shouldTurnToTheFormatInWhichASilentTrackComesLate() throws Exception {
    connect();
    audio();
    pass(PATIENCE + STEP);
    assertThat(codecs(sink())).containsExactly(Codec.VP8, Codec.OPUS);
    h264(1);
    assertThat(codecs(newest())).containsExactly(Codec.H264, Codec.OPUS);
    assertThat(sink().closed).isTrue();
    audio();
    h264(2);
    assertThat(newest().sequenceNumbers(0)).containsExactly(1, 2);
    assertThat(newest().sequenceNumbers(1)).containsExactly(2);
    assertThat(sinks.opened).hasSize(2);
    pass(STEP);
    assertThat(events.happened).as("of the session's end").containsExactly("cam");
  }

  @Test
  void shouldFollowAPeerThatTurnsToAnotherFormatAndBack() throws Exception {
    connect();
    video(1);
    audio();
    for (int number = 2; number < 10; number++) {
      pass(PATIENCE);
      h264(number++);
      h264(number++);
      assertThat(codecs(newest())).containsExactly(Codec.H264, Codec.OPUS);
      assertThat(newest().sequenceNumbers(0)).containsExactly(number - 2, number - 1);
      pass(PATIENCE);
      video(number);
      assertThat(codecs(newest())).containsExactly(Codec.VP8, Codec.OPUS);
      assertThat(newest().sequenceNumbers(0)).containsExactly(number);
    }
    send(peer.packet(RTX, 9, 500, (byte) 0, (byte) 100, (byte) 42));
    newest().keyframeRequest.run();
    assertThat(feedback(STEP))
        .extracting(PublishingPeer.Message::type)
        .contains(MessageType.PICTURE_LOSS_INDICATION);
  }

  @Test
  void shouldStayWithTheFormerOfTwoFormatsThatComeAtOnce() throws Exception {
    connect();
    audio();
    for (int i = 1; i < 100; i++) {
      video(i);
      send(peer.packet(H264, 7, i, (byte) i));
      pass(20 * MILLISECOND);
    }
    assertThat(sinks.opened).hasSize(1);
    assertThat(sink().sequenceNumbers(0)).hasSize(99);
  }

  @Test
  void shouldNotTakeTheStreamBackFromAnotherPublisher() throws Exception {
    connect();
    audio();
    video(1);
    pass(PATIENCE);
    sink().superseded = true;
    h264(2);
    assertThat(sinks.opened).hasSize(1);
    pass(STEP);
    assertThat(events.happened).containsExactly("cam", "REPLACED");
  }

  @Test
  void shouldTurnOfSimulcastWhatComesInAnotherFormat() throws Exception {
    simulcast = true;
    openSession();
    connect();
    audio();
    send(peer.packet(H264, 5, 1, "0", "l", (byte) 1));
    assertThat(codecs(sink())).as("one tells of all").contains(Codec.H264);
    assertThat(renditions.opened).hasSize(2).allMatch(m -> codecs(m).contains(Codec.H264));
    send(peer.packet(VIDEO, 6, 1, "0", "m", (byte) 1));
    assertThat(renditions.opened).hasSize(3);
    assertThat(renditions.opened.get(2).context.rendition()).isEqualTo("m");
    assertThat(codecs(renditions.opened.get(2))).containsExactly(Codec.VP8);
    assertThat(sinks.opened).hasSize(1);
  }

  @Test
  void shouldOpenNoMoreThanATimeAllowsWhateverComes() throws Exception {
    connect();
    Random random = new Random(3264);
    int[] types = {VIDEO, RTX, H264, H264_RTX, G711, AUDIO, PublishingPeer.RED, 100};
    for (int i = 0; i < 5_000; i++) {
      byte[] payload = new byte[random.nextInt(20)];
      random.nextBytes(payload);
      int type = types[random.nextInt(types.length)];
      String mid = List.of("", "0", "1", "x").get(random.nextInt(4));
      send(peer.packet(type, random.nextInt(40), random.nextInt(1 << 16), mid, "", payload));
      if (i % 100 == 0) {
        check(PEER, true);
        pass(20 * MILLISECOND);
      }
    }
    assertThat(sinks.opened).hasSizeBetween(1, 1 + 2);
    assertThat(events.happened).containsExactly("cam");
  }
}
