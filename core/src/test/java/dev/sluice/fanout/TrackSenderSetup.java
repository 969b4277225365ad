package dev.sluice.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.codec.Codec;
import dev.sluice.log.LogLimits;
import dev.sluice.log.PacketLog;
import dev.sluice.log.SegmentPool;
import dev.sluice.loop.UdpSocket;
import dev.sluice.rtp.BigEndian;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.stream.Track;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A cursor on a log whose packets can be read as they are sent, in virtual time. */
abstract class TrackSenderSetup {
  static final int FIRST_SEQUENCE = 32_000;
  static final int FIRST_TIMESTAMP = 1_000_000;
  static final long MILLISECOND = 1_000_000;
  static final long SECOND = 1_000 * MILLISECOND;
  static final long FRAME = 33 * MILLISECOND;
  static final SenderParameters PLAIN = new SenderParameters(96, 0xCAFE, -1, 0, -1, "0", -1);
  static final SenderParameters WITH_RTX =
      new SenderParameters(96, 0xCAFE, 97, 0xBEEF, -1, "0", -1);
  static final SenderParameters WITH_MID = new SenderParameters(96, 0xCAFE, -1, 0, 4, "v0", -1);
  static final SenderParameters NUMBERED = new SenderParameters(96, 0xCAFE, 97, 0xBEEF, 4, "v0", 5);
  static final SenderParameters SECOND_NUMBERED =
      new SenderParameters(98, 0xCAFF, 99, 0xBEEE, 4, "v1", 5);
  static final SenderParameters WITH_FEC = NUMBERED.withFec(98, 0xFEC);
  static final RetransmissionLimits LIMITS = new RetransmissionLimits(2, 0.5);

  final EmbeddedChannel channel = new EmbeddedChannel();
  final UdpSocket socket = new UdpSocket(channel, false, 1_000);
  final ClearTransport transport = new ClearTransport(socket);
  final Egress egress = new Egress(socket);
  final Track track = new Track("video", Codec.H264, 0);
  PacketLog log = newLog(1 << 16);
  int frames;
  long now;

  static void shouldBeNumberedWithoutGap(List<Sent> sent) {
    for (int i = 0; i < sent.size(); i++) {
      assertThat(sent.get(i).sequence()).isEqualTo((FIRST_SEQUENCE + i) & 0xFFFF);
    }
  }

  TrackSender attached(long maxCatchUpNanos) {
    TrackSender sender = sender(track, PLAIN, new StartRule(true, maxCatchUpNanos));
    sender.attach(log, now);
    return sender;
  }

  /** one run of the fan-out */
  List<Sent> step(TrackSender sender) {
    sender.sendAvailable(egress, log, log.tail(), now);
    return received();
  }

  /** a frame that comes a frame's time after the last step */
  void frameNow(int packets, boolean keyframe) {
    now += FRAME;
    log.now(now);
    appendFrame(packets, keyframe, (int) (now / MILLISECOND * 90));
  }

  TrackSender sender(SenderParameters parameters, boolean startAtHeldKeyframe) {
    return sender(track, parameters, startAtHeldKeyframe);
  }

  TrackSender sender(Track read, SenderParameters parameters, boolean startAtHeldKeyframe) {
    return sender(read, parameters, new StartRule(startAtHeldKeyframe, Long.MAX_VALUE));
  }

  TrackSender sender(Track read, SenderParameters parameters, StartRule startRule) {
    return new TrackSender(
        transport,
        read,
        parameters,
        new Retransmitter(LIMITS, null, parameters, 9),
        startRule,
        FIRST_SEQUENCE,
        FIRST_TIMESTAMP);
  }

  static PacketLog newLog(int bytes) {
    return newLog(new LogLimits(4_096, bytes, 0, false));
  }

  static PacketLog keepingLog() {
    return newLog(new LogLimits(4_096, 4 << 20, SECOND, true));
  }

  static PacketLog newLog(LogLimits limits) {
    return new PacketLog(new SegmentPool(0), limits);
  }

  /** appends and publishes an access unit of packets whose payload is their position */
  void frame(int packets, boolean keyframe) {
    log.now(frames * FRAME);
    appendFrame(packets, keyframe, frames * 3_000);
    frames++;
  }

  void appendFrame(int packets, boolean keyframe, int timestamp) {
    long first = log.position();
    for (int i = 0; i < packets; i++) {
      int length = i < packets - 1 ? 500 : 300;
      log.open(length);
      Arrays.fill(log.array(), log.offset(), log.offset() + length, (byte) log.position());
      log.commit(length, timestamp, i == packets - 1);
    }
    if (keyframe) {
      log.keyframe(first);
    }
    log.publish();
  }

  List<Sent> send(TrackSender sender) {
    List<Sent> sent = new ArrayList<>();
    boolean more = true;
    while (more) {
      more = sender.sendAvailable(egress, log, log.tail(), now);
      sent.addAll(received());
      now += SECOND;
    }
    return sent;
  }

  void resend(TrackSender sender, int sequence) {
    now += SECOND;
    ask(sender, sequence);
  }

  void ask(TrackSender sender, int sequence) {
    sender.retransmitter().resend(sender, transport, egress, sequence & 0xFFFF, now);
    egress.endRun(transport.remote());
  }

  List<Sent> received() {
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

  record Sent(byte[] bytes, RtpPacket packet) {

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
      return Arrays.copyOfRange(bytes, packet.payloadOffset(), bytes.length);
    }

    int transportSequence() {
      var extension = packet.extensions();
      assertThat(extension.find(5)).isTrue();
      return BigEndian.getUnsignedShort(bytes, extension.offset());
    }

    @Nullable String mid(int id) {
      byte[] tag = extension(id);
      return tag == null ? null : new String(tag, StandardCharsets.UTF_8);
    }

    byte @Nullable [] extension(int id) {
      if (!packet.hasExtension()) {
        return null;
      }
      var extension = packet.extensions();
      return extension.find(id)
          ? Arrays.copyOfRange(bytes, extension.offset(), extension.offset() + extension.length())
          : null;
    }
  }
}
