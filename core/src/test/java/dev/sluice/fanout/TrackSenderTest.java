package dev.sluice.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.codec.Codec;
import dev.sluice.log.LogLimits;
import dev.sluice.log.PacketLog;
import dev.sluice.log.SegmentPool;
import dev.sluice.loop.UdpPath;
import dev.sluice.loop.UdpSocket;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.stream.Track;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrackSenderTest {
  private static final int FIRST_SEQUENCE = 32_000;
  private static final int FIRST_TIMESTAMP = 1_000_000;
  private static final long MILLISECOND = 1_000_000;
  private static final SenderParameters PLAIN = new SenderParameters(96, 0xCAFE, -1, 0, -1, "0");
  private static final SenderParameters WITH_RTX =
      new SenderParameters(96, 0xCAFE, 97, 0xBEEF, -1, "0");
  private static final SenderParameters WITH_MID = new SenderParameters(96, 0xCAFE, -1, 0, 4, "v0");
  private static final RetransmissionLimits LIMITS = new RetransmissionLimits(2, 0.5);

  private final ClearTransport transport = new ClearTransport();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final UdpSocket socket = new UdpSocket(channel, false, 1_000);
  private final Egress egress = new Egress(socket);
  private final Track track = new Track("video", Codec.H264, 0);
  private PacketLog log = newLog(1 << 16);
  private int frames;

  @Test
  void shouldStartAtTheNewestKeyframeThatIsHeld() {
    TrackSender sender = sender(PLAIN, true);
    frame(3, true);
    frame(2, false);
    frame(4, true);
    frame(1, false);
    sender.attach(log);
    List<Sent> sent = send(sender);
    assertThat(sent).extracting(Sent::payload).containsExactly(5, 6, 7, 8, 9);
    assertThat(transport.framesSent).isEqualTo(1);
  }

  @Test
  void shouldWaitForTheNextKeyframeWhenTold() {
    TrackSender sender = sender(PLAIN, false);
    frame(2, true);
    sender.attach(log);
    assertThat(send(sender)).isEmpty();
    assertThat(transport.keyframesNeeded).isEqualTo(1);
    frame(1, false);
    assertThat(send(sender)).isEmpty();
    frame(2, true);
    assertThat(send(sender)).extracting(Sent::payload).containsExactly(3, 4);
  }

  @Test
  void shouldNumberPacketsWithoutGapAcrossTheWrapOfTheSequenceNumber() {
    TrackSender sender = sender(PLAIN, true);
    frame(1, true);
    sender.attach(log);
    List<Sent> sent = new ArrayList<>(send(sender));
    for (int i = 0; i < 40_000; i++) {
      frame(1, false);
      sent.addAll(send(sender));
    }
    for (int i = 0; i < sent.size(); i++) {
      assertThat(sent.get(i).sequence()).isEqualTo((FIRST_SEQUENCE + i) & 0xFFFF);
      assertThat(transport.indexes.get(i)).isEqualTo(FIRST_SEQUENCE + i);
    }
  }

  @Test
  void shouldLeaveSequenceNumbersUnusedForWhatTheSourceLost() {
    TrackSender sender = sender(PLAIN, true);
    frame(1, true);
    log.skip(2);
    frame(1, false);
    sender.attach(log);
    assertThat(send(sender))
        .extracting(Sent::sequence)
        .containsExactly(FIRST_SEQUENCE, FIRST_SEQUENCE + 3);
  }

  @Test
  void shouldGoOnAtAKeyframeWhenOvertaken() {
    log = newLog(4_096);
    TrackSender sender = sender(PLAIN, true);
    frame(1, true);
    sender.attach(log);
    int first = send(sender).get(0).sequence();
    for (int i = 0; i < 20; i++) {
      frame(1, false);
    }
    assertThat(send(sender)).isEmpty();
    assertThat(sender.resynchronisations()).isEqualTo(1);
    frame(1, false);
    assertThat(send(sender)).isEmpty();
    frame(1, true);
    List<Sent> sent = send(sender);
    assertThat(sent).hasSize(1);
    assertThat(sent.get(0).sequence()).as("one number is burnt").isEqualTo(first + 2);
  }

  @Test
  void shouldContinueNumbersAndTimeWithANewPublisher() {
    TrackSender sender = sender(PLAIN, true);
    frame(1, true);
    sender.attach(log);
    Sent last = send(sender).get(0);
    log.close();
    log = newLog(1 << 16);
    sender.attach(log);
    assertThat(send(sender)).isEmpty();
    log.now(frames * 33 * MILLISECOND + 967 * MILLISECOND);
    appendFrame(1, true, 0x7777_0000);
    Sent next = send(sender).get(0);
    assertThat(next.sequence()).isEqualTo(last.sequence() + 1);
    assertThat(next.timestamp() - last.timestamp()).isEqualTo(90_000);
  }

  @Test
  void shouldStartAudioLiveAndThenMissNothingOfANewPublisher() {
    Track audio = new Track("audio", Codec.OPUS, 0);
    TrackSender sender = sender(audio, PLAIN, true);
    frame(1, false);
    sender.attach(log);
    assertThat(send(sender)).isEmpty();
    log.close();
    log = newLog(1 << 16);
    frame(1, false);
    frame(1, false);
    sender.attach(log);
    assertThat(send(sender)).extracting(Sent::payload).containsExactly(0, 1);
  }

  @Test
  void shouldNameTheMediaDescriptionUntilTheViewerHasAnswered() {
    TrackSender sender = sender(WITH_MID, true);
    frame(1, true);
    sender.attach(log);
    assertThat(send(sender).get(0).mid(4)).isEqualTo("v0");
    sender.acknowledged();
    frame(1, false);
    assertThat(send(sender).get(0).mid(4)).isNull();
  }

  @Test
  void shouldSendALostPacketAgainTheSameToTheBit() {
    TrackSender sender = sender(WITH_MID, true);
    frame(3, true);
    sender.attach(log);
    List<Sent> sent = send(sender);
    sender.acknowledged();
    resend(sender, sent.get(1).sequence());
    List<Sent> again = received();
    assertThat(again).hasSize(1);
    assertThat(again.get(0).bytes()).isEqualTo(sent.get(1).bytes());
    assertThat(transport.indexes.get(3)).isEqualTo(transport.indexes.get(1));
    assertThat(sender.retransmitter().resent()).isEqualTo(1);
  }

  @Test
  void shouldSendALostPacketAgainOnTheRtxStream() {
    TrackSender sender = sender(WITH_RTX, true);
    frame(3, true);
    sender.attach(log);
    Sent lost = send(sender).get(1);
    resend(sender, lost.sequence());
    resend(sender, lost.sequence());
    List<Sent> again = received();
    assertThat(again).extracting(Sent::ssrc).containsOnly(0xBEEF);
    assertThat(again).extracting(Sent::payloadType).containsOnly(97);
    assertThat(again.get(1).sequence() - again.get(0).sequence()).isEqualTo(1);
    assertThat(again.get(0).timestamp()).isEqualTo(lost.timestamp());
    byte[] original = lost.body();
    byte[] wrapped = again.get(0).body();
    assertThat(wrapped.length).isEqualTo(original.length + 2);
    assertThat((wrapped[0] & 0xFF) << 8 | wrapped[1] & 0xFF).isEqualTo(lost.sequence());
    assertThat(wrapped).endsWith(original);
  }

  @Test
  void shouldLimitRepeatsOfAPacket() {
    TrackSender sender = sender(PLAIN, true);
    frame(1, true);
    sender.attach(log);
    int sequence = send(sender).get(0).sequence();
    for (int i = 0; i < 5; i++) {
      resend(sender, sequence);
    }
    assertThat(received()).hasSize(2);
    assertThat(sender.retransmitter().limited()).isEqualTo(3);
  }

  @Test
  void shouldLimitTheShareOfRetransmissions() {
    TrackSender sender = sender(PLAIN, true);
    frame(1, true);
    sender.attach(log);
    send(sender);
    for (int i = 0; i < 2_000; i++) {
      frame(1, false);
      int sequence = send(sender).get(0).sequence();
      resend(sender, sequence);
      resend(sender, sequence);
      received();
    }
    assertThat(sender.retransmitter().resent()).isBetween(900L, 1_300L);
    assertThat(sender.retransmitter().limited()).isPositive();
  }

  @Test
  void shouldCountWhatIsAskedForTooLateOrWasNeverSent() {
    log = newLog(4_096);
    TrackSender sender = sender(PLAIN, true);
    frame(1, true);
    sender.attach(log);
    int first = send(sender).get(0).sequence();
    for (int i = 0; i < 20; i++) {
      frame(1, i == 10);
      send(sender);
    }
    resend(sender, first);
    resend(sender, first - 1);
    resend(sender, first + 5_000);
    assertThat(received()).isEmpty();
    assertThat(sender.retransmitter().tooLate()).isEqualTo(3);
    assertThat(sender.retransmitter().requested()).isEqualTo(3);
  }

  @Test
  void shouldAnswerRandomNacksOnlyWithTheRightPacket() {
    Random random = new Random(3);
    TrackSender sender = sender(PLAIN, true);
    frame(1, true);
    sender.attach(log);
    List<Sent> sent = new ArrayList<>(send(sender));
    for (int i = 0; i < 2_000; i++) {
      frame(1 + random.nextInt(5), random.nextInt(20) == 0);
      sent.addAll(send(sender));
      int wanted = random.nextInt(sent.size());
      resend(sender, sent.get(wanted).sequence());
      for (Sent again : received()) {
        int newest = sent.size() - 1;
        Sent original = sent.get(newest - (short) (sent.get(newest).sequence() - again.sequence()));
        assertThat(again.bytes()).isEqualTo(original.bytes());
      }
    }
    assertThat(sender.retransmitter().resent()).isPositive();
  }

  private TrackSender sender(SenderParameters parameters, boolean startAtHeldKeyframe) {
    return sender(track, parameters, startAtHeldKeyframe);
  }

  private TrackSender sender(Track read, SenderParameters parameters, boolean startAtHeldKeyframe) {
    return new TrackSender(
        transport,
        read,
        parameters,
        new Retransmitter(LIMITS, null, parameters, 9),
        startAtHeldKeyframe,
        FIRST_SEQUENCE,
        FIRST_TIMESTAMP);
  }

  private static PacketLog newLog(int bytes) {
    return new PacketLog(new SegmentPool(0), new LogLimits(4_096, bytes, 0, false));
  }

  /** appends and publishes an access unit of packets whose payload is their position */
  private void frame(int packets, boolean keyframe) {
    log.now(frames * 33 * MILLISECOND);
    appendFrame(packets, keyframe, frames * 3_000);
    frames++;
  }

  private void appendFrame(int packets, boolean keyframe, int timestamp) {
    if (keyframe) {
      log.keyframe(log.position());
    }
    for (int i = 0; i < packets; i++) {
      int length = i < packets - 1 ? 500 : 300;
      log.open(length);
      java.util.Arrays.fill(
          log.array(), log.offset(), log.offset() + length, (byte) log.position());
      log.commit(length, timestamp, i == packets - 1);
    }
    log.publish();
  }

  private List<Sent> send(TrackSender sender) {
    sender.sendAvailable(egress, log, 1_000);
    return received();
  }

  private void resend(TrackSender sender, int sequence) {
    sender.retransmitter().resend(sender, transport, egress, sequence & 0xFFFF);
    egress.endRun(new UdpPath(ClearTransport.REMOTE));
  }

  private List<Sent> received() {
    egress.flush();
    List<Sent> sent = new ArrayList<>();
    for (DatagramPacket packet = channel.readOutbound();
        packet != null;
        packet = channel.readOutbound()) {
      sent.add(Sent.of(packet));
      packet.release();
    }
    return sent;
  }

  private record Sent(byte[] bytes, RtpPacket packet) {

    static Sent of(DatagramPacket datagram) {
      byte[] bytes = new byte[datagram.content().readableBytes() - ClearTransport.OVERHEAD];
      datagram.content().getBytes(0, bytes);
      RtpPacket packet = new RtpPacket();
      assertThat(packet.wrap(io.netty.buffer.Unpooled.wrappedBuffer(bytes))).isTrue();
      return new Sent(bytes, packet);
    }

    int sequence() {
      return packet.sequenceNumber();
    }

    int timestamp() {
      return packet.timestamp();
    }

    int ssrc() {
      return packet.ssrc();
    }

    int payloadType() {
      return packet.payloadType();
    }

    int payload() {
      return bytes[packet.payloadOffset()];
    }

    byte[] body() {
      return java.util.Arrays.copyOfRange(bytes, packet.payloadOffset(), bytes.length);
    }

    @Nullable String mid(int id) {
      if (!packet.hasExtension()) {
        return null;
      }
      var extension = packet.extensions();
      assertThat(extension.find(id)).isTrue();
      return new String(bytes, extension.offset(), extension.length());
    }
  }
}
