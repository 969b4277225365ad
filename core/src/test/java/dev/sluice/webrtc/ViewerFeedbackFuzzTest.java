package dev.sluice.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.sluice.codec.Codec;
import dev.sluice.fanout.RetransmissionLimits;
import dev.sluice.fanout.SenderParameters;
import dev.sluice.fanout.StartRule;
import dev.sluice.fanout.ViewerLink;
import dev.sluice.ice.IceContext;
import dev.sluice.log.LogLimits;
import dev.sluice.log.PacketLog;
import dev.sluice.log.SegmentPool;
import dev.sluice.loop.EngineClock;
import dev.sluice.loop.UdpPath;
import dev.sluice.loop.UdpSocket;
import dev.sluice.rate.GccEstimator;
import dev.sluice.rate.RateLimits;
import dev.sluice.rtp.InterleavedFrames;
import dev.sluice.srtp.SrtcpSender;
import dev.sluice.srtp.SrtpKeys;
import dev.sluice.srtp.SrtpProfile;
import dev.sluice.srtp.dtls.DtlsIdentity;
import dev.sluice.srtp.dtls.DtlsServer;
import dev.sluice.srtp.dtls.SrtpKeyPair;
import dev.sluice.stream.Track;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a viewer with keys reports, nothing is thrown, and it gets no more than its share. */
class ViewerFeedbackFuzzTest {
  private static final long SECOND = 1_000_000_000;
  private static final int PACKETS = 50;
  private static final int MOST_REPEATS = 3;
  private static final int ROOM = 20;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final SenderParameters PARAMETERS = new SenderParameters(96, 1, 97, 2, 1, "0", 3);
  private static final SrtpKeys KEYS =
      new SrtpKeys(SrtpProfile.AEAD_AES_128_GCM, new byte[16], new byte[12]);
  private static final DtlsServer DTLS =
      new DtlsServer(
          DtlsIdentity.generate(RANDOM, Instant.now()),
          List.of(SrtpProfile.AEAD_AES_128_GCM),
          SECOND,
          Runnable::run,
          RANDOM);

  static Stream<byte[]> feedback() {
    return Stream.of(
            // receiver report with NACK of 17 numbers from 30,000 on
            "24000018" + "80c9000100000009" + "81cd00030000000900000001" + "7530ffff",
            // PLI, FIR
            "24000020"
                + "81ce00020000000900000001"
                + "84ce00040000000900000000"
                + "0000000101000000",
            // REMB, transport feedback
            "24000014" + "8fce00040000000900000000" + "52454d4200000000",
            "24000018" + "8fcd00050000000900000001" + "0001000200000000" + "20021010")
        .map(HexFormat.of()::parseHex);
  }

  /** compound packets, framed as in RTSP */
  @MethodSource("feedback")
  @FuzzTest
  void shouldBearAnyFeedback(byte @NotNull [] bytes) {
    EmbeddedChannel channel = new EmbeddedChannel();
    EngineClock clock = new EngineClock(() -> SECOND, 0);
    PeerDirectory directory = new PeerDirectory();
    PeerLoop loop =
        new PeerLoop(
            channel.eventLoop(),
            new UdpSocket(channel, false, 1_000),
            directory,
            clock,
            new IceContext(SECOND, SECOND, RANDOM),
            ViewerFeedbackFuzzTest::fail);
    SendingMedia media =
        new SendingMedia(
            new PeerSettings(directory, DTLS, null, SECOND, SECOND, clock, new Random(1)),
            "cname",
            new ViewerLink(
                () -> new GccEstimator(new RateLimits(1_000_000, 100_000, 10_000_000)), true));
    PacketLog log = log();
    Track track = new Track("video", Codec.H264, SECOND);
    track.source(log, null);
    media.add(
        track,
        PARAMETERS,
        new RetransmissionLimits(MOST_REPEATS, 1),
        null,
        new StartRule(true, SECOND));
    media.resume(new UdpPath(loop.socket(), new InetSocketAddress("127.0.0.1", 5_000)), loop);
    media.start(SECOND, new SrtpKeyPair(KEYS, KEYS), loop, ViewerFeedbackFuzzTest::fail);
    channel.runPendingTasks();

    send(bytes, media, loop);

    channel.runPendingTasks();
    assertThat(media.statistics(Map.of()).retransmittedPacketsSent())
        .isLessThanOrEqualTo(MOST_REPEATS * PACKETS);
    log.close();
    channel.finishAndReleaseAll();
  }

  private static void fail(Throwable cause) {
    throw new AssertionError(cause);
  }

  private static PacketLog log() {
    PacketLog log =
        new PacketLog(new SegmentPool(0), new LogLimits(4_096, 1 << 20, 1L << 40, true));
    long keyframe = log.position();
    for (int i = 0; i < PACKETS; i++) {
      log.open(100);
      log.commit(100, i, true);
    }
    log.keyframe(keyframe);
    log.publish();
    return log;
  }

  private static void send(byte[] bytes, SendingMedia media, PeerLoop loop) {
    SrtcpSender sealer = new SrtcpSender(KEYS, null);
    ByteBuf stream = Unpooled.wrappedBuffer(bytes);
    InterleavedFrames frames = new InterleavedFrames();
    while (frames.next(stream) == InterleavedFrames.Status.FRAME) {
      if (frames.length() >= 8) {
        byte[] packet = new byte[frames.length() + ROOM];
        stream.getBytes(frames.offset(), packet, 0, frames.length());
        media.receive(SECOND, packet, sealer.protect(packet, 0, frames.length()), loop);
      }
    }
  }
}
