package dev.sluice.webrtc;

import static dev.sluice.webrtc.PublishingPeer.AUDIO;
import static dev.sluice.webrtc.PublishingPeer.RTX;
import static dev.sluice.webrtc.PublishingPeer.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.TrackDescription;
import dev.sluice.codec.Codec;
import dev.sluice.rtcp.Bye;
import dev.sluice.rtcp.FeedbackHeader;
import dev.sluice.rtcp.GenericNack;
import dev.sluice.rtcp.MessageType;
import dev.sluice.rtcp.ReceiverReport;
import dev.sluice.rtcp.ReportBlock;
import dev.sluice.rtcp.SenderReport;
import dev.sluice.rtcp.TransportFeedback;
import io.netty.buffer.Unpooled;
import io.netty.channel.socket.DatagramPacket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What comes from a peer that publishes, and what goes back to it. */
class ReceivingMediaTest extends IngestHarness {

  @Test
  void shouldPublishWhenThePeerIsConnectedAndNoSooner() throws Exception {
    check(PEER, true);
    assertThat(sinks.opened).isEmpty();
    connect();
    assertThat(sink().streamName).isEqualTo("cam");
    assertThat(sink().tracks)
        .containsExactly(
            TrackDescription.of("video", Codec.VP8), TrackDescription.of("audio", Codec.OPUS));
    assertThat(events.happened).containsExactly("cam");
  }

  @Test
  void shouldTellTracksApartByPayloadTypeAndMid() throws Exception {
    connect();
    video(7);
    send(peer.packet(AUDIO, 2, 50, "1", "", (byte) 1));
    send(peer.packet(AUDIO, 3, 60, "0", "", (byte) 1));
    send(peer.packet(100, 1, 8, (byte) 1));
    assertThat(sink().sequenceNumbers(0)).containsExactly(7);
    assertThat(sink().sequenceNumbers(1)).containsExactly(50);
    assertThat(sink().packets.get(0).payload()).containsExactly(7);
    assertThat(ingest.statistics().dropped()).isEqualTo(2);
  }

  @Test
  void shouldShowViewersWhatArrivedTogetherAtOnce() throws Exception {
    connect();
    sink().flushed.clear();
    channel.writeOneInbound(datagram(peer.packet(VIDEO, 1, 1, (byte) 1)));
    channel.writeOneInbound(datagram(peer.packet(VIDEO, 1, 2, (byte) 1)));
    assertThat(sink().flushed).isEmpty();
    channel.flushInbound();
    assertThat(sink().flushed).containsExactly(2);
  }

  @Test
  void shouldAskForWhatIsMissingUntilItComesOrIsGivenUp() throws Exception {
    connect();
    video(1);
    video(4);
    assertThat(lost(feedback(0))).containsExactly(2, 3);
    assertThat(sink().sequenceNumbers(0)).containsExactly(1);

    video(2);
    assertThat(lost(feedback(2 * STEP))).isNotEmpty().containsOnly(3);
    pass(3 * STEP);
    assertThat(sink().sequenceNumbers(0)).containsExactly(1, 2, 4);
    assertThat(sink().lostBefore(0)).containsExactly(0, 0, 1);
    received();
    assertThat(lost(feedback(SECOND))).isEmpty();
  }

  @Test
  void shouldTakeARetransmissionForThePacketThatItRepeats() throws Exception {
    connect();
    video(1);
    video(3);
    send(peer.packet(RTX, 9, 500, (byte) 0, (byte) 2, (byte) 42));
    assertThat(sink().sequenceNumbers(0)).containsExactly(1, 2, 3);
    assertThat(sink().packets.get(1).payload()).containsExactly(42);
    assertThat(ingest.statistics().packetsRepaired()).isEqualTo(1);
    assertThat(ingest.statistics().packetsReceived()).isEqualTo(2);
  }

  @Test
  void shouldLoseNothingOverAPathThatLosesAndReorders() throws Exception {
    connect();
    Random path = new Random(4585);
    int resent = 0;
    List<byte[]> delayed = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      if (i % 100 == 0) {
        check(PEER, true); // or consent ends
      }
      byte[] packet = peer.packet(VIDEO, 1, i, (byte) i);
      int fate = path.nextInt(20);
      if (i == 0 || i == 2_999 || fate > 2) {
        send(packet);
      } else if (fate == 2) {
        delayed.add(packet);
      }
      if (i % 3 == 2) {
        delayed.forEach(this::send);
        delayed.clear();
      }
      for (int number : lost(feedback(10 * MILLISECOND))) {
        if (path.nextInt(10) > 0) {
          send(peer.packet(RTX, 9, resent++, (byte) (number >> 8), (byte) number, (byte) number));
        }
      }
    }
    pass(SECOND);
    assertThat(upTo(2_999)).filteredOn(n -> !sink().sequenceNumbers(0).contains(n)).isEmpty();
    assertThat(sink().sequenceNumbers(0)).isSorted().doesNotHaveDuplicates();
    assertThat(sink().packets)
        .allMatch(received -> received.payload()[0] == (byte) received.sequenceNumber());
    assertThat(ingest.statistics().packetsRepaired()).isPositive();
  }

  @Test
  void shouldDropRetransmissionsThatRepeatNothingOfUse() throws Exception {
    connect();
    send(peer.packet(RTX, 9, 499, (byte) 0, (byte) 2, (byte) 42)); // of a source not known yet
    video(1);
    send(peer.packet(RTX, 9, 500));
    send(peer.packet(RTX, 9, 501, (byte) 0));
    send(peer.packet(RTX, 9, 502, (byte) 0, (byte) 1, (byte) 42));
    send(peer.packet(RTX, 9, 503, (byte) 100, (byte) 0, (byte) 42));
    video(2);
    assertThat(sink().sequenceNumbers(0)).containsExactly(1, 2);
    assertThat(ingest.statistics().packetsRepaired()).isZero();
  }

  @Test
  void shouldReportWhatCame() throws Exception {
    connect();
    for (int i = 1; i <= 9; i++) {
      if (i != 5) {
        video(i);
      }
    }
    ByteBuffer block =
        messages(feedback(3 * SECOND), MessageType.RECEIVER_REPORT).stream()
            .filter(report -> ReceiverReport.blockCount(report.array(), 0) > 0)
            .findFirst()
            .orElseThrow();
    int at = ReceiverReport.blockOffset(0, 0);
    assertThat(ReportBlock.ssrc(block.array(), at)).isEqualTo(1);
    assertThat(ReportBlock.cumulativeLost(block.array(), at)).isEqualTo(1);
  }

  @Test
  void shouldTellWhenEachPacketOfTheTransportCame() throws Exception {
    connect();
    List<byte[]> packets = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      packets.add(peer.packet(i % 2 == 0 ? VIDEO : AUDIO, i % 2, i, (byte) 1));
    }
    packets.remove(4);
    packets.forEach(this::send);
    byte[] message = messages(feedback(STEP), MessageType.TRANSPORT_FEEDBACK).get(0).array();
    List<Integer> came = new ArrayList<>();
    TransportFeedback.forEachPacket(
        message,
        0,
        (number, arrival) -> {
          if (arrival != TransportFeedback.NOT_RECEIVED) {
            came.add(number);
          }
        });
    assertThat(came).containsExactly(0, 1, 2, 3, 5, 6, 7, 8, 9);
    assertThat(messages(feedback(SECOND), MessageType.TRANSPORT_FEEDBACK))
        .as("nothing new to tell")
        .isEmpty();
  }

  @Test
  void shouldPassViewersRequestsForAKeyframeOn() throws Exception {
    connect();
    sink().keyframeRequest.run();
    assertThat(keyframeRequests(feedback(STEP))).as("no source is known").isEmpty();
    video(1);
    assertThat(keyframeRequests(feedback(STEP))).containsExactly(1);
    sink().keyframeRequest.run();
    sink().keyframeRequest.run();
    assertThat(keyframeRequests(feedback(STEP))).containsExactly(1);
    assertThat(ingest.statistics().keyframeRequests()).isEqualTo(2);
  }

  @Test
  void shouldHandSenderReportsOnToTheirTracks() throws Exception {
    connect();
    video(1);
    send(peer.packet(AUDIO, 2, 50, (byte) 1));
    byte[] report = new byte[SenderReport.length(0)];
    SenderReport.write(report, 0, 2, 0xAB00000000L, 0xCD, 1, 1, 0);
    send(peer.control(report));
    assertThat(sink().senderReports).containsExactly("1:ab00000000:cd");
  }

  @Test
  void shouldTakeAnotherSourceAfterAGoodbye() throws Exception {
    connect();
    video(1);
    byte[] bye = new byte[Bye.length(1, 0)];
    Bye.write(bye, 0, 1);
    send(peer.control(bye));
    send(peer.packet(VIDEO, 77, 1_000, (byte) 1));
    assertThat(sink().sequenceNumbers(0)).containsExactly(1, 1_000);
  }

  @Test
  void shouldDropAndCountWhatIsDamaged() throws Exception {
    connect();
    video(1);
    Random random = new Random(9725);
    for (int i = 2; i < 500; i++) {
      byte[] packet = peer.packet(VIDEO, 1, i, (byte) i);
      packet[random.nextInt(packet.length)] ^= (byte) (1 + random.nextInt(255));
      send(packet);
    }
    assertThat(sink().sequenceNumbers(0)).containsExactly(1);
    assertThat(ingest.statistics().dropped()).isPositive();
    video(500);
    pass(SECOND);
    assertThat(sink().sequenceNumbers(0)).endsWith(500);
    assertThat(events.happened).containsExactly("cam");
  }

  @Test
  void shouldSurviveAnyAuthenticContent() throws Exception {
    connect();
    Random random = new Random(4588);
    for (int i = 0; i < 5_000; i++) {
      byte[] payload = new byte[random.nextInt(20)];
      random.nextBytes(payload);
      int type = List.of(VIDEO, RTX, AUDIO, 100).get(random.nextInt(4));
      String mid = List.of("", "0", "1", "x").get(random.nextInt(4));
      send(peer.packet(type, random.nextInt(40), random.nextInt(1 << 16), mid, "", payload));
      send(peer.control(payload.length < 8 ? new byte[8] : payload));
    }
    pass(SECOND);
    assertThat(events.happened).containsExactly("cam");
  }

  private static List<Integer> upTo(int last) {
    return IntStream.rangeClosed(0, last).boxed().toList();
  }

  private static DatagramPacket datagram(byte[] bytes) {
    return new DatagramPacket(Unpooled.copiedBuffer(bytes), ENGINE, PEER);
  }

  private static List<ByteBuffer> messages(List<PublishingPeer.Message> all, MessageType type) {
    return all.stream()
        .filter(message -> message.type() == type)
        .map(message -> ByteBuffer.wrap(message.bytes()))
        .toList();
  }

  private static List<Integer> lost(List<PublishingPeer.Message> all) {
    List<Integer> lost = new ArrayList<>();
    for (ByteBuffer nack : messages(all, MessageType.GENERIC_NACK)) {
      GenericNack.forEachLost(nack.array(), 0, nack.capacity(), lost::add);
    }
    return lost;
  }

  private static List<Integer> keyframeRequests(List<PublishingPeer.Message> all) {
    return messages(all, MessageType.PICTURE_LOSS_INDICATION).stream()
        .map(request -> FeedbackHeader.mediaSsrc(request.array(), 0))
        .toList();
  }
}
