package dev.sluice.rtsp;

import static dev.sluice.rtsp.TestPeer.URI;
import static dev.sluice.rtsp.TestPeer.assertOk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.receive.RecordingSinks;
import dev.sluice.rtcp.CompoundReader;
import dev.sluice.rtcp.MessageType;
import dev.sluice.rtcp.PictureLossIndication;
import dev.sluice.rtcp.ReceiverReport;
import dev.sluice.rtcp.ReportBlock;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Media and RTCP of one interleaved session. */
class SessionMediaTest {
  private static final int SSRC = 0xCAFE;

  private final TestPeer peer =
      new TestPeer(new RtspServerBuilder(null).mediaTimeout(Duration.ofMinutes(10)));

  @BeforeEach
  void record() {
    peer.record();
  }

  @AfterEach
  void nothingLeaks() {
    peer.close();
  }

  private void video(int ssrc, int sequenceNumber) {
    peer.send(Rtp.frame(0, Rtp.packet(Rtp.VIDEO, ssrc, sequenceNumber, 100)));
  }

  private List<Integer> received() {
    return peer.sinks.first().sequenceNumbers(0);
  }

  @Test
  void shouldPassPacketsOnAndFlushOnceARead() {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    for (int i = 0; i < 5; i++) {
      read.writeBytes(Rtp.frame(0, Rtp.packet(Rtp.VIDEO, SSRC, i, 100)));
      read.writeBytes(Rtp.frame(2, Rtp.packet(Rtp.AUDIO, 7, 50 + i, 10)));
    }
    RecordingSinks.Sink sink = peer.sinks.first();
    sink.flushed.clear();
    peer.send(read.toByteArray());
    assertThat(sink.sequenceNumbers(0)).containsExactly(0, 1, 2, 3, 4);
    assertThat(sink.sequenceNumbers(1)).containsExactly(50, 51, 52, 53, 54);
    assertThat(sink.flushed).containsExactly(10);
    assertThat(sink.packets.get(2).payload())
        .isEqualTo(Arrays.copyOfRange(Rtp.packet(Rtp.VIDEO, SSRC, 1, 100), 12, 112));
    assertThat(peer.statistics().rtpPackets()).isEqualTo(10);
    assertThat(peer.statistics().interleavedFrames()).isEqualTo(10);
  }

  @Test
  void shouldDropWhatDoesNotBelongToATrack() {
    peer.send(Rtp.frame(0, new byte[0]));
    peer.send(Rtp.frame(0, new byte[] {1, 2, 3}));
    peer.send(Rtp.frame(0, Rtp.packet(Rtp.AUDIO, SSRC, 1, 10)));
    peer.send(Rtp.frame(4, Rtp.packet(Rtp.VIDEO, SSRC, 1, 10)));
    peer.send(Rtp.frame(1, new byte[] {1, 2, 3}));
    peer.send(Rtp.frame(1, new byte[5_000]));
    assertThat(peer.sinks.first().packets).isEmpty();
    assertThat(peer.statistics().discarded()).isEqualTo(6);
    video(SSRC, 1);
    assertThat(received()).containsExactly(1);
  }

  @Test
  void shouldKeepToOneSourceUntilAnotherShowsItself() {
    video(SSRC, 10);
    video(0xBAD, 500);
    video(SSRC, 11);
    video(0xBAD, 501);
    video(SSRC, 12);
    assertThat(received()).containsExactly(10, 11, 12);
    video(0xF00D, 800);
    video(0xF00D, 801);
    video(0xF00D, 802);
    assertThat(received()).as("the source restarted").containsExactly(10, 11, 12, 800, 801, 802);
    assertThat(peer.sinks.first().lostBefore(0)).containsOnly(0);
    assertThat(peer.statistics().discarded()).isEqualTo(2);
  }

  @Test
  void shouldTakeNothingForLateOrLostWhereNumbersStepBack() {
    for (int start : new int[] {60_000, 59_990, 59_500, 1, 65_000}) {
      for (int i = 0; i < 50; i++) {
        video(SSRC, start + i);
      }
    }
    assertThat(received()).hasSize(250);
    assertThat(peer.sinks.first().lostBefore(0)).containsOnly(0);
  }

  @Test
  void shouldTellWhatIsMissing() {
    video(SSRC, 65_534);
    video(SSRC, 65_535);
    video(SSRC, 3);
    assertThat(peer.sinks.first().lostBefore(0)).containsExactly(0, 0, 3);
  }

  @Test
  void shouldNotTakeForLostWhatIsOfAnotherPayloadType() {
    int event = 101;
    video(SSRC, 10);
    peer.send(Rtp.frame(0, Rtp.packet(event, SSRC, 11, 4)));
    peer.send(Rtp.frame(0, Rtp.packet(event, SSRC, 13, 4)));
    peer.send(Rtp.frame(0, Rtp.packet(event, 0xBAD, 500, 4)));
    video(SSRC, 15);
    assertThat(received()).containsExactly(10, 15);
    assertThat(peer.sinks.first().lostBefore(0)).containsExactly(0, 2);
    assertThat(peer.statistics().discarded()).isEqualTo(3);
  }

  @Test
  void shouldListenToAnotherSourceAfterBye() {
    video(SSRC, 10);
    peer.send(Rtp.frame(1, Rtp.bye(0xBAD)));
    video(0xF00D, 800);
    peer.send(Rtp.frame(1, Rtp.bye(SSRC)));
    video(0xF00D, 801);
    assertThat(received()).containsExactly(10, 800, 801);
    assertThat(peer.statistics().rtcpPackets()).isEqualTo(2);
  }

  @Test
  void shouldPassSenderReportsOfTheSourceOn() {
    video(SSRC, 10);
    peer.send(Rtp.frame(1, Rtp.senderReport(0xBAD, 1, 1)));
    peer.send(Rtp.frame(1, Rtp.senderReport(SSRC, 0x1234567800000000L, 0xABCD)));
    assertThat(peer.sinks.first().senderReports).containsExactly("0:1234567800000000:abcd");
  }

  @Test
  void shouldKeepASenderReportThatComesBeforeTheFirstPacket() {
    peer.send(Rtp.frame(1, Rtp.senderReport(SSRC, 7, 8)));
    assertThat(peer.sinks.first().senderReports).isEmpty();
    video(SSRC, 1);
    video(SSRC, 2);
    assertThat(peer.sinks.first().senderReports).containsExactly("0:7:8");
  }

  @Test
  void shouldReportReceptionAtTheInterval() {
    peer.sent();
    for (int i = 1; i <= 10; i++) {
      if (i != 5) {
        video(SSRC, i);
      }
    }
    peer.advance(Duration.ofMillis(2_251));
    byte[] report = packet(1, peer.sent());
    assertThat(ReceiverReport.blockCount(report, 0)).isEqualTo(1);
    int block = ReceiverReport.blockOffset(0, 0);
    assertThat(ReportBlock.ssrc(report, block)).isEqualTo(SSRC);
    assertThat(ReportBlock.highestSequenceNumber(report, block)).isEqualTo(10);
    assertThat(ReportBlock.cumulativeLost(report, block)).isEqualTo(1);
    assertThat(types(report))
        .containsExactly(MessageType.RECEIVER_REPORT, MessageType.SOURCE_DESCRIPTION);

    int reports = 0;
    for (int i = 0; i < 40; i++) {
      peer.advance(Duration.ofSeconds(1));
      reports += peer.sent().length > 0 ? 1 : 0;
    }
    assertThat(reports).as("about every 3 s").isBetween(9, 26);
  }

  @Test
  void shouldAskThePeerForAKeyframe() {
    video(SSRC, 1);
    peer.sent();
    peer.sinks.first().keyframeRequest.run();
    peer.sinks.first().keyframeRequest.run();
    peer.channel.runPendingTasks();
    byte[] sent = peer.sent();
    byte[] request = packet(1, sent);
    assertThat(sent).as("one request, for video only").hasSize(4 + request.length);
    assertThat(types(request))
        .containsExactly(
            MessageType.RECEIVER_REPORT,
            MessageType.SOURCE_DESCRIPTION,
            MessageType.PICTURE_LOSS_INDICATION);
    int pli = request.length - PictureLossIndication.LENGTH;
    assertThat(ByteBuffer.wrap(request).getInt(pli + 8)).as("media source").isEqualTo(SSRC);
    peer.sinks.first().keyframeRequest.run();
    peer.channel.runPendingTasks();
    assertThat(peer.sent()).isNotEmpty();
  }

  @Test
  void shouldNotAskAfterTheEnd() {
    video(SSRC, 1);
    assertOk(peer.request("TEARDOWN", URI));
    peer.sinks.first().keyframeRequest.run();
    peer.channel.runPendingTasks();
    assertThat(peer.sent()).isEmpty();
  }

  private static byte[] packet(int channel, byte[] frame) {
    assertThat(frame).hasSizeGreaterThan(4);
    assertThat(frame[0]).isEqualTo((byte) '$');
    assertThat(frame[1]).isEqualTo((byte) channel);
    int length = (frame[2] & 0xFF) << 8 | frame[3] & 0xFF;
    return Arrays.copyOfRange(frame, 4, 4 + length);
  }

  private static List<MessageType> types(byte[] packet) {
    CompoundReader reader = new CompoundReader();
    assertThat(reader.wrap(packet, 0, packet.length)).isTrue();
    List<MessageType> types = new ArrayList<>();
    while (reader.next()) {
      types.add(reader.type());
    }
    return types;
  }
}
