package dev.sluice.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.sluice.EgressOptions;
import dev.sluice.EngineConfiguration;
import dev.sluice.HistoryOptions;
import dev.sluice.MediaOptions;
import dev.sluice.NetworkOptions;
import dev.sluice.PeerContext;
import dev.sluice.RateOptions;
import dev.sluice.RelayListener;
import dev.sluice.Retransmission;
import dev.sluice.SessionOptions;
import dev.sluice.ice.IceContext;
import dev.sluice.ice.IceCredentials;
import dev.sluice.log.SegmentPool;
import dev.sluice.loop.EngineClock;
import dev.sluice.loop.UdpPath;
import dev.sluice.loop.UdpSocket;
import dev.sluice.receive.MediaSink;
import dev.sluice.receive.RecordingSinks;
import dev.sluice.receive.RegistrySinks;
import dev.sluice.rtp.InterleavedFrames;
import dev.sluice.rtp.RtpHeader;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.SerialNumbers;
import dev.sluice.sdp.Negotiation;
import dev.sluice.srtp.SrtcpSender;
import dev.sluice.srtp.SrtpKeys;
import dev.sluice.srtp.SrtpProfile;
import dev.sluice.srtp.SrtpSender;
import dev.sluice.srtp.dtls.DtlsIdentity;
import dev.sluice.srtp.dtls.DtlsServer;
import dev.sluice.srtp.dtls.SrtpKeyPair;
import dev.sluice.stream.Demands;
import dev.sluice.stream.StreamRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a publisher with keys sends, in three encodings with repeats and redundant sound,
 * nothing is thrown, logs stay bounded, what goes back is no flood, and nobody else notices.
 */
class IngestMediaFuzzTest {
  private static final long SECOND = 1_000_000_000;
  private static final long TURN = 50_000_000;
  private static final int CONTROL = 1;
  private static final int UNPROTECTED = 2;
  private static final int TIME_PASSES = 3;
  private static final int ROOM = 64;
  private static final int LOG_BYTES = 64 << 10;
  private static final int ENCODINGS = 3;
  private static final int TRACKS = ENCODINGS + 1;
  private static final int MOST_SENT_BACK = 8_000;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final DtlsIdentity IDENTITY = DtlsIdentity.generate(RANDOM, Instant.now());
  private static final DtlsServer DTLS =
      new DtlsServer(
          IDENTITY, List.of(SrtpProfile.AEAD_AES_128_GCM), SECOND, Runnable::run, RANDOM);
  private static final EngineConfiguration CONFIGURATION =
      new EngineConfiguration(
          NetworkOptions.DEFAULT,
          EgressOptions.DEFAULT,
          HistoryOptions.DEFAULT.withMaxBytes(LOG_BYTES),
          Retransmission.SHARED_HISTORY,
          RateOptions.DEFAULT,
          MediaOptions.DEFAULT,
          SessionOptions.DEFAULT,
          new RelayListener() {},
          null);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final PeerDirectory directory = new PeerDirectory();
  private final SegmentPool segments = new SegmentPool(0);
  private final RecordingSinks neighbours = new RecordingSinks();
  private long now = SECOND;
  private final EngineClock clock = new EngineClock(() -> now, 0);
  private final StreamRegistry streams =
      new StreamRegistry(CONFIGURATION, segments, clock, new Demands(channel.eventLoop(), 0));
  private final PeerLoop loop =
      new PeerLoop(
          channel.eventLoop(),
          new UdpSocket(channel, false, 1_000),
          directory,
          clock,
          new IceContext(SECOND, SECOND, RANDOM),
          IngestMediaFuzzTest::fail);

  static Stream<byte[]> packets() {
    byte[] high =
        packet("9060000100000bb80000000a" + "bede0002" + "4030a068" + "00000000", "10000000");
    byte[] low =
        packet("9060000500000bb80000000b" + "bede0002" + "4030a06c" + "00000000", "10000000");
    byte[] unnamed = packet("80600003000017700000000a", "10010000");
    byte[] again =
        packet("9061006400000bb80000000c" + "bede0002" + "4030b068" + "00000000", "000210000000");
    byte[] sound = packet("806f0001000003c000000014", "780102");
    byte[] redundant = packet("803f000300000b4000000014" + "ef0f0003" + "6f", "780a0b78");
    byte[] report = frame(CONTROL, "80c800060000000ae00000008000000000000bb80000000100000002");
    byte[] bye = frame(CONTROL, "81cb00010000000a");
    byte[] step = frame(TIME_PASSES, "");
    return Stream.of(
        join(high, low, unnamed, step, report),
        join(high, unnamed, step, again, step, bye),
        join(sound, redundant, step, step, sound),
        join(frame(UNPROTECTED, "80600001"), high, bye, high));
  }

  private static byte[] packet(String header, String payload) {
    return frame(0, header + payload);
  }

  private static byte[] frame(int what, String hex) {
    byte[] content = HexFormat.of().parseHex(hex);
    ByteBuf frame = Unpooled.buffer();
    InterleavedFrames.writeHeader(frame, what, content.length);
    return ByteBufUtil.getBytes(frame.writeBytes(content));
  }

  private static byte[] join(byte[]... frames) {
    ByteBuf all = Unpooled.buffer();
    Stream.of(frames).forEach(all::writeBytes);
    return ByteBufUtil.getBytes(all);
  }

  /** framed as in RTSP, with the channel for what it is */
  @MethodSource("packets")
  @FuzzTest
  void shouldBearAnyPublisher(byte @NotNull [] bytes) {
    new IngestMediaFuzzTest().run(bytes);
  }

  private void run(byte[] bytes) {
    Publishing hostile = new Publishing(media("cam", RegistrySinks.of(streams)), 1);
    Publishing neighbour = new Publishing(media("other", neighbours), 2);
    neighbour.send(plainPacket(1));
    ByteBuf stream = Unpooled.wrappedBuffer(bytes);
    InterleavedFrames frames = new InterleavedFrames();
    int events = 1;
    for (; frames.next(stream) == InterleavedFrames.Status.FRAME; events++) {
      byte[] content = new byte[frames.length()];
      stream.getBytes(frames.offset(), content);
      hostile.act(frames.channel() & TIME_PASSES, content);
      assertThat(segments.usedBytes()).isLessThanOrEqualTo((long) TRACKS * 2 * LOG_BYTES);
    }
    assertThat(hostile.media.statistics().rtcpBytesSent())
        .isLessThanOrEqualTo((long) events * MOST_SENT_BACK);
    neighbour.send(plainPacket(2));
    assertThat(neighbours.first().sequenceNumbers(1)).containsExactly(1, 2);
    hostile.media.close(loop);
    assertThat(neighbours.first().closed).isFalse();
    neighbour.media.close(loop);
    streams.close();
    channel.runPendingTasks();
    channel.finishAndReleaseAll();
    assertThat(segments.usedBytes()).isZero();
  }

  private ReceivingMedia media(String name, MediaSink.Opener sinks) {
    PeerSettings settings =
        new PeerSettings(directory, DTLS, null, SECOND, SECOND, clock, new Random(1));
    IngestFactory factory =
        new IngestFactory(
            new PeerFactory(writer -> PeerHome.on(loop), settings, IDENTITY, List.of(), RANDOM),
            sinks,
            RegistrySinks.renditionsOf(streams),
            new RelayListener() {});
    return factory.media(name, PeerContext.NONE, Agreed.WITH_THIS_OFFER);
  }

  /** what is negotiated once for all runs */
  private static final class Agreed {
    static final Negotiation WITH_THIS_OFFER = agree();

    private static Negotiation agree() {
      IceCredentials credentials = IceCredentials.generate(RANDOM);
      String offer =
          SimulcastTest.simulcast(
              IngestHarness.OFFER.formatted(
                  credentials.ufrag(), credentials.pwd(), IDENTITY.fingerprint("sha-256")));
      PeerFactory peers =
          new PeerFactory(
              writer -> {
                throw new AssertionError("no peer is made");
              },
              new PeerSettings(
                  new PeerDirectory(), DTLS, null, SECOND, SECOND, new EngineClock(), RANDOM),
              IDENTITY,
              List.of(),
              RANDOM);
      RecordingSinks none = new RecordingSinks();
      return new IngestFactory(peers, none, none, new RelayListener() {})
          .answer(offer)
          .negotiation();
    }
  }

  private static byte[] plainPacket(int number) {
    byte[] packet = new byte[RtpHeader.FIXED_LENGTH + 4];
    RtpHeader.write(packet, 0, PublishingPeer.AUDIO, false, number, 960 * number, 99);
    packet[RtpHeader.FIXED_LENGTH] = 0x78;
    return packet;
  }

  private static void fail(Throwable cause) {
    throw new AssertionError(cause);
  }

  /** A session after its handshake, and the sender at its other end. */
  private final class Publishing {
    private final SrtpKeys keys;
    private final SrtpSender rtp;
    private final SrtcpSender rtcp;
    private final Map<Integer, Long> newest = new HashMap<>();
    final ReceivingMedia media;

    Publishing(ReceivingMedia media, int key) {
      this.media = media;
      byte[] master = new byte[16];
      Arrays.fill(master, (byte) key);
      keys = new SrtpKeys(SrtpProfile.AEAD_AES_128_GCM, master, new byte[12]);
      rtp = new SrtpSender(keys, null);
      rtcp = new SrtcpSender(keys, null);
      media.resume(
          new UdpPath(loop.socket(), new InetSocketAddress("127.0.0.1", 5_000 + key)), loop);
      media.start(now, new SrtpKeyPair(keys, keys), loop, IngestMediaFuzzTest::fail);
    }

    void act(int what, byte[] content) {
      if (what == TIME_PASSES) {
        now += TURN;
        assertThat(media.reportIfDue(now, loop)).isTrue();
      } else if (what == UNPROTECTED) {
        media.receive(now, content, content.length, loop);
      } else if (what == CONTROL && content.length >= 8) {
        byte[] packet = Arrays.copyOf(content, content.length + ROOM);
        media.receive(now, packet, rtcp.protect(packet, 0, content.length), loop);
      } else {
        send(content);
      }
      loop.endRead();
      for (Object out; (out = channel.readOutbound()) != null; ) {
        ((DatagramPacket) out).release();
      }
    }

    void send(byte[] content) {
      RtpPacket view = new RtpPacket();
      if (!view.wrap(Unpooled.wrappedBuffer(content))) {
        return;
      }
      int header = view.payloadOffset();
      byte[] packet = Arrays.copyOf(content, content.length + ROOM);
      int length =
          rtp.protect(index(view), packet, 0, header, content, header, content.length - header);
      media.receive(now, packet, length, loop);
      loop.endRead();
    }

    /** as the receiver will take it for */
    private long index(RtpPacket packet) {
      long last = newest.getOrDefault(packet.ssrc(), (long) packet.sequenceNumber());
      long index =
          last + SerialNumbers.sequenceDistance((int) last & 0xFFFF, packet.sequenceNumber());
      index = index < 0 ? packet.sequenceNumber() : index;
      newest.merge(packet.ssrc(), index, Math::max);
      return index;
    }
  }
}
