package dev.sluice.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ResourceLeakDetector;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Nothing that a peer sends makes the server throw, leak or keep a session: {@link TestPeer#close}
 * checks that, to the byte.
 */
class RtspFuzzTest {
  private static final String[] WORDS = {
    "$",
    "\r\n",
    "\r\n\r\n",
    " ",
    ": ",
    "rtsp://h/a",
    " RTSP/1.0\r\n",
    "OPTIONS",
    "ANNOUNCE",
    "SETUP",
    "RECORD",
    "TEARDOWN",
    "CSeq: 1\r\n",
    "Content-Length: 10\r\n",
    "Content-Length: -1\r\n",
    "Transport: RTP/AVP/TCP;interleaved=0-1",
    "Transport: ;;,,\"",
    "Session: 0;timeout=\r\n",
    "Content-Type: application/sdp\r\n",
    "v=0\r\n",
    "m=video 0 RTP/AVP 96\r\n",
    "\0",
    "\u00FF"
  };

  /** the largest frame, in a buffer that doubles */
  private static final long MAX_HELD = 4 * 65_536;

  private static ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();

  @BeforeAll
  static void detectLeaks() {
    level = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
  }

  @AfterAll
  static void restore() {
    ResourceLeakDetector.setLevel(level);
  }

  private static void sendInPieces(TestPeer peer, byte[] bytes, Random random) {
    for (int sent = 0; sent < bytes.length; ) {
      int size = Math.min(bytes.length - sent, 1 + random.nextInt(2_000));
      peer.send(bytes, sent, size);
      sent += size;
    }
  }

  private static void end(TestPeer peer) {
    peer.sent();
    peer.advance(Duration.ofMinutes(2));
    assertThat(peer.channel.isOpen()).as("silent peers are let go").isFalse();
    peer.close();
    assertThat(peer.statistics().sessions()).isZero();
    assertThat(peer.statistics().connections()).isZero();
    assertThat(peer.sinks.opened).allSatisfy(sink -> assertThat(sink.closed).isTrue());
  }

  @Test
  void shouldSurviveRandomBytes() {
    Random random = new Random(11);
    for (int round = 0; round < 1_000; round++) {
      byte[] bytes = new byte[1 + random.nextInt(1_500)];
      random.nextBytes(bytes);
      if (round % 3 == 0) {
        bytes[0] = '$';
      }
      TestPeer peer = RecordedSession.peer();
      sendInPieces(peer, bytes, random);
      end(peer);
    }
  }

  @Test
  void shouldSurviveRandomWords() {
    Random random = new Random(12);
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(40); i >= 0; i--) {
        text.append(WORDS[random.nextInt(WORDS.length)]);
      }
      TestPeer peer = RecordedSession.peer();
      sendInPieces(
          peer, text.toString().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), random);
      end(peer);
    }
  }

  @Test
  void shouldSurviveDamagedSessions() {
    Random random = new Random(13);
    long malformed = 0;
    long published = 0;
    for (int round = 0; round < 1_000; round++) {
      byte[] bytes = RecordedSession.BYTES.clone();
      for (int i = random.nextInt(10); i >= 0; i--) {
        bytes = damage(bytes, random);
      }
      TestPeer peer = RecordedSession.peer();
      sendInPieces(peer, bytes, random);
      end(peer);
      malformed += peer.statistics().malformed();
      published += peer.sinks.opened.size();
    }
    assertThat(malformed).as("some are refused").isGreaterThan(100);
    assertThat(published).as("some get through").isGreaterThan(100);
  }

  @Test
  void shouldSurviveRandomMedia() {
    Random random = new Random(14);
    TestPeer peer = new TestPeer();
    peer.record();
    for (int round = 0; round < 20_000; round++) {
      int channel = random.nextInt(5);
      byte[] packet =
          switch (random.nextInt(4)) {
            case 0 ->
                Rtp.packet(Rtp.VIDEO, random.nextInt(20) == 0 ? 2 : 1, round, random.nextInt(50));
            case 1 -> Rtp.senderReport(random.nextInt(3), random.nextLong(), random.nextInt());
            case 2 -> Rtp.bye(random.nextInt(3));
            default -> new byte[random.nextInt(60)];
          };
      for (int i = random.nextInt(4); i > 0 && packet.length > 0; i--) {
        packet[random.nextInt(packet.length)] = (byte) random.nextInt();
      }
      peer.send(Rtp.frame(channel, packet));
      if (round % 100 == 0) {
        peer.sinks.first().keyframeRequest.run();
        peer.advance(Duration.ofMillis(50));
        peer.sent();
      }
    }
    assertThat(peer.statistics().interleavedFrames()).isEqualTo(20_000);
    assertThat(peer.statistics().rtpPackets()).isGreaterThan(300);
    assertThat(peer.statistics().rtcpPackets()).isGreaterThan(300);
    assertThat(peer.statistics().discarded()).isGreaterThan(300);
    end(peer);
  }

  /** Requests in any order, whole or not, with frames and other bytes between them. */
  @Test
  void shouldSurviveAnySequenceOfRequestsAndFrames() {
    Random random = new Random(15);
    long recorded = 0;
    for (int round = 0; round < 100; round++) {
      TestPeer peer = new TestPeer();
      if (round % 2 == 0) {
        peer.record();
      }
      for (int i = random.nextInt(60); i >= 0 && peer.channel.isOpen(); i--) {
        step(peer, random);
        assertThat(peer.held()).as("bytes held").isLessThan(MAX_HELD);
        peer.sent();
      }
      recorded += peer.sinks.opened.size();
      end(peer);
      assertThat(peer.server.limits().receiveMemory().used()).isZero();
    }
    assertThat(recorded).as("some get as far as RECORD").isGreaterThan(50);
  }

  private static void step(TestPeer peer, Random random) {
    String uri = random.nextInt(8) == 0 ? "rtsp://h//x" : TestPeer.URI;
    int track = random.nextInt(2);
    switch (random.nextInt(14)) {
      case 0, 1 -> peer.announce();
      case 2, 3, 4 ->
          peer.setUp(track, "RTP/AVP/TCP;interleaved=" + 2 * track + "-" + (2 * track + 1));
      case 5, 6 -> peer.request("RECORD", uri);
      case 7 -> peer.request(random.nextBoolean() ? "PAUSE" : "GET_PARAMETER", uri);
      case 8 -> {
        peer.request("TEARDOWN", uri);
        peer.session("");
      }
      case 9 -> peer.session(random.nextBoolean() ? "" : "0123");
      case 10 -> peer.send(Arrays.copyOf(damage(RecordedSession.BYTES.clone(), random), 200));
      case 11 -> {
        byte[] stray = new byte[random.nextInt(200)];
        random.nextBytes(stray);
        peer.send(stray);
      }
      default -> {
        byte[] frame =
            Rtp.frame(
                random.nextInt(6),
                Rtp.packet(Rtp.VIDEO, 1, random.nextInt(), random.nextInt(9_000)));
        peer.send(frame, 0, random.nextInt(5) == 0 ? random.nextInt(frame.length) : frame.length);
      }
    }
  }

  private static byte[] damage(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    int length = random.nextInt(Math.min(200, bytes.length - at));
    switch (random.nextInt(5)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt();
      case 2 -> bytes = Arrays.copyOf(bytes, at + 1);
      case 3 -> System.arraycopy(bytes, at, bytes, random.nextInt(bytes.length - length), length);
      default -> {
        byte[] shorter = Arrays.copyOf(bytes, bytes.length - length);
        System.arraycopy(bytes, at + length, shorter, at, bytes.length - at - length);
        return shorter;
      }
    }
    return bytes;
  }
}
