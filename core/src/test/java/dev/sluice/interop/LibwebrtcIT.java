package dev.sluice.interop;

import static dev.sluice.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.sluice.DisconnectReason;
import dev.sluice.NetworkOptions;
import dev.sluice.Publisher;
import dev.sluice.RelayEngine;
import dev.sluice.RelayEngineBuilder;
import dev.sluice.RelayListener;
import dev.sluice.Retransmission;
import dev.sluice.SessionOptions;
import dev.sluice.TrackDescription;
import dev.sluice.Viewer;
import dev.sluice.codec.Codec;
import dev.sluice.srtp.SrtpProfile;
import io.netty.util.ResourceLeakDetector;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** libwebrtc plays what the engine relays. */
class LibwebrtcIT {
  private static PeerConnectionFactory factory;

  @BeforeAll
  static void startLibwebrtc() {
    factory = LibwebrtcViewer.newFactory();
  }

  @AfterAll
  static void stopLibwebrtc() {
    if (factory != null) {
      factory.dispose();
    }
  }

  @Test
  void shouldPlayH264AndOpus() throws Exception {
    try (RelayEngine engine = builder().build();
        ClipPublisher publisher = new ClipPublisher(engine, "clip");
        LibwebrtcViewer peer = new LibwebrtcViewer(factory)) {
      watch(engine, "clip", peer);
      await(() -> peer.frames() >= 90 && peer.audioSamples() > 48_000, "pictures");
      Map<String, Object> video = peer.statistics("INBOUND_RTP", "kind", "video");
      assertThat(peer.width()).isEqualTo(320);
      assertThat(video.get("packetsLost")).isEqualTo(0);
      assertThat(peer.statistics("TRANSPORT", "", "").get("srtpCipher"))
          .isEqualTo("AEAD_AES_128_GCM");
    }
  }

  @Test
  void shouldEncryptWithTheProfileTheHostPrefers() throws Exception {
    SessionOptions options =
        SessionOptions.DEFAULT.withSrtpProfiles(
            SrtpProfile.AES_CM_128_HMAC_SHA1_80, SrtpProfile.AEAD_AES_128_GCM);
    try (RelayEngine engine = builder().session(options).build();
        ClipPublisher publisher = new ClipPublisher(engine, "clip");
        LibwebrtcViewer peer = new LibwebrtcViewer(factory)) {
      watch(engine, "clip", peer);
      await(() -> peer.frames() >= 30, "pictures");
      assertThat(peer.statistics("TRANSPORT", "", "").get("srtpCipher"))
          .isEqualTo("AES_CM_128_HMAC_SHA1_80");
    }
  }

  @Test
  void shouldGoOnWithoutRenegotiationWhenThePublisherRestarts() throws Exception {
    try (RelayEngine engine = builder().build();
        LibwebrtcViewer peer = new LibwebrtcViewer(factory)) {
      try (ClipPublisher publisher = new ClipPublisher(engine, "clip")) {
        watch(engine, "clip", peer);
        await(() -> peer.frames() >= 30, "pictures");
      }
      int before = peer.frames();
      try (ClipPublisher publisher = new ClipPublisher(engine, "clip")) {
        await(() -> peer.frames() >= before + 60, "pictures");
        assertThat(peer.statistics("INBOUND_RTP", "kind", "video").get("packetsLost")).isEqualTo(0);
      }
    }
  }

  @Test
  void shouldSendWhatWasFlushedJustBeforeThePublisherCloses() throws Exception {
    List<TrackDescription> video = List.of(TrackDescription.of("v", Codec.H264));
    List<ByteBuffer> units = Clip.accessUnits();
    try (RelayEngine engine = builder().build();
        LibwebrtcViewer peer = new LibwebrtcViewer(factory)) {
      Publisher first = engine.publish("clip", video);
      watch(engine, "clip", peer);
      first.close();
      for (int i = 1; i <= 20; i++) {
        try (Publisher publisher = engine.publish("clip", video)) {
          for (int frame = 0; frame < 5; frame++) {
            publisher
                .frames("v")
                .writeFrame(units.get(frame).duplicate(), frame * Clip.TICKS_A_FRAME);
          }
          publisher.track("v").flush();
        }
        int frames = 5 * i;
        await(() -> figure(peer, "framesReceived") == frames, "every picture");
      }
    }
  }

  @Test
  void shouldServeTenViewersOfTwoStreamsThatComeAndGo() throws Exception {
    try (RelayEngine engine = builder().build();
        ClipPublisher one = new ClipPublisher(engine, "one");
        ClipPublisher two = new ClipPublisher(engine, "two")) {
      List<LibwebrtcViewer> peers = new ArrayList<>();
      Random random = new Random(11);
      for (int i = 0; i < 10; i++) {
        LibwebrtcViewer peer = new LibwebrtcViewer(factory);
        peers.add(peer);
        watch(engine, i % 2 == 0 ? "one" : "two", peer);
        if (i % 3 == 2) {
          peers.remove(random.nextInt(peers.size())).close();
        }
      }
      List<Integer> before = peers.stream().map(LibwebrtcViewer::frames).toList();
      await(
          () ->
              IntStream.range(0, peers.size())
                  .allMatch(i -> peers.get(i).frames() >= before.get(i) + 30),
          "pictures of those who are left");
      peers.forEach(LibwebrtcViewer::close);
    }
  }

  @Test
  void shouldDropAViewerThatVanishes() throws Exception {
    CompletableFuture<DisconnectReason> reason = new CompletableFuture<>();
    RelayListener listener =
        new RelayListener() {
          @Override
          public void viewerDisconnected(Viewer viewer, DisconnectReason why) {
            reason.complete(why);
          }
        };
    Duration consent = Duration.ofSeconds(5);
    try (RelayEngine engine =
            builder()
                .listener(listener)
                .session(SessionOptions.DEFAULT.withConsentTimeout(consent))
                .build();
        ClipPublisher publisher = new ClipPublisher(engine, "clip");
        Link link = new Link(engine.localAddress(), 0, 1);
        LibwebrtcViewer peer = new LibwebrtcViewer(factory)) {
      Viewer viewer = engine.play("clip", peer.offer());
      peer.answer(link.reroute(viewer.answer(), engine.localAddress()));
      await(() -> peer.frames() >= 90, "pictures");
      link.cut();
      long cutAt = System.nanoTime();
      assertThat(reason.get(15, TimeUnit.SECONDS)).isEqualTo(DisconnectReason.CONSENT_LOST);
      assertThat(Duration.ofNanos(System.nanoTime() - cutAt)).isLessThan(consent.plusSeconds(2));
      assertThat(engine.statistics().viewers()).isZero();
    }
  }

  @Test
  void shouldMakeGoodForLossesOnTheWay() throws Exception {
    try (RelayEngine engine = builder().build();
        ClipPublisher publisher = new ClipPublisher(engine, "clip");
        Link link = new Link(engine.localAddress(), 0.05, 2);
        LibwebrtcViewer peer = new LibwebrtcViewer(factory)) {
      Viewer viewer = engine.play("clip", peer.offer());
      peer.answer(link.reroute(viewer.answer(), engine.localAddress()));
      await(() -> peer.frames() >= 240, "pictures");
      assertThat(link.lost()).isPositive();
      assertThat(viewer.statistics().retransmittedPacketsSent()).isPositive();
      assertThat(viewer.statistics().pliCount()).isZero();
      assertThat(peer.statistics("INBOUND_RTP", "kind", "video").get("freezeCount")).isIn(0L, 1L);
    }
  }

  @Test
  void shouldRestoreWhatNothingElseRepairs() throws Exception {
    SessionOptions corrects = SessionOptions.DEFAULT.withForwardErrorCorrection(true);
    AtomicInteger pictures = new AtomicInteger();
    try (RelayEngine engine =
            builder().session(corrects).retransmission(Retransmission.OFF).build();
        ClipPublisher publisher = new ClipPublisher(engine, "clip");
        LibwebrtcViewer peer = new LibwebrtcViewer(factory)) {
      Viewer viewer = engine.play("clip", peer.offer());
      assertThat(viewer.answer()).contains("flexfec-03/90000", "a=ssrc-group:FEC-FR ");
      int payloadType = payloadType(viewer.answer(), "H264/90000");
      try (Link link =
          new Link(
              engine.localAddress(),
              packet -> (packet[1] & 0x7F) == payloadType && pictures.incrementAndGet() % 25 == 0,
              75)) {
        peer.answer(link.reroute(viewer.answer(), engine.localAddress()));
        await(() -> figure(peer, "fecPacketsReceived") > 20, "repair packets");
        long asked = viewer.statistics().pliCount();
        int lost = link.lost();
        int frames = peer.frames();
        await(() -> peer.frames() >= frames + 300, "pictures");
        assertThat(viewer.statistics().pliCount() - asked)
            .as("keyframes asked for, of %d losses", link.lost() - lost)
            .isLessThan((link.lost() - lost) / 2);
        assertThat(figure(peer, "fecPacketsDiscarded")).isZero();
        assertThat(viewer.statistics().fecBytesSent()).isPositive();
      }
    }
  }

  @Test
  void shouldKeepThePictureWhileGarbageComesIn() throws Exception {
    ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    try (RelayEngine engine = builder().build();
        ClipPublisher publisher = new ClipPublisher(engine, "clip");
        LibwebrtcViewer peer = new LibwebrtcViewer(factory);
        DatagramSocket attacker = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      watch(engine, "clip", peer);
      await(() -> peer.frames() >= 10, "pictures");
      Random random = new Random(5);
      int before = peer.frames();
      for (int i = 0; i < 20_000; i++) {
        byte[] garbage = new byte[1 + random.nextInt(1_500)];
        random.nextBytes(garbage);
        garbage[0] = (byte) (i % 4 == 0 ? 0 : i % 4 == 1 ? 22 : i % 4 == 2 ? 0x80 : garbage[0]);
        attacker.send(new DatagramPacket(garbage, garbage.length, engine.localAddress()));
      }
      await(() -> peer.frames() >= before + 60, "pictures");
      assertThat(engine.statistics().unknownSender()).isPositive();
      assertThat(peer.statistics("INBOUND_RTP", "kind", "video").get("packetsLost")).isEqualTo(0);
    } finally {
      ResourceLeakDetector.setLevel(level);
    }
  }

  @Test
  void shouldRefuseAPeerWithAnotherCertificate() throws Exception {
    CompletableFuture<DisconnectReason> reason = new CompletableFuture<>();
    RelayListener listener =
        new RelayListener() {
          @Override
          public void viewerDisconnected(Viewer viewer, DisconnectReason why) {
            reason.complete(why);
          }
        };
    try (RelayEngine engine = builder().listener(listener).build();
        ClipPublisher publisher = new ClipPublisher(engine, "clip");
        LibwebrtcViewer peer = new LibwebrtcViewer(factory)) {
      String offer =
          peer.offer()
              .replaceAll(
                  "a=fingerprint:sha-256 [0-9A-F:]+",
                  "a=fingerprint:sha-256 " + "AB:".repeat(31) + "AB");
      Viewer viewer = engine.play("clip", offer);
      peer.answer(viewer.answer());
      assertThat(reason.get(15, TimeUnit.SECONDS)).isEqualTo(DisconnectReason.HANDSHAKE_FAILED);
      assertThat(peer.frames()).isZero();
    }
  }

  private static int payloadType(String answer, String format) {
    Matcher map = Pattern.compile("a=rtpmap:(\\d+) " + format).matcher(answer);
    assertThat(map.find()).isTrue();
    return Integer.parseInt(map.group(1));
  }

  /** of what comes of the picture; 0 before there is one */
  private static long figure(LibwebrtcViewer peer, String name) {
    try {
      Object value = peer.statistics("INBOUND_RTP", "kind", "video").get(name);
      return value == null ? 0 : ((Number) value).longValue();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void watch(RelayEngine engine, String stream, LibwebrtcViewer peer)
      throws Exception {
    peer.answer(engine.play(stream, peer.offer()).answer());
    peer.awaitConnected();
  }

  private static RelayEngineBuilder builder() {
    return RelayEngine.builder()
        .network(
            NetworkOptions.DEFAULT.withBindAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
  }
}
