package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.codec.Codec;
import dev.sluice.codec.OpusParameters;
import dev.sluice.engine.Engines;
import dev.sluice.srtp.SrtpProfile;
import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelayEngineTest {
  private static final List<TrackDescription> VIDEO =
      List.of(TrackDescription.of("video", Codec.H264));

  static Stream<Arguments> badOptions() {
    return Stream.of(
        bad(
            "network.eventLoops is 0, allowed is 1 to 256",
            b -> b.network(NetworkOptions.DEFAULT.withEventLoops(0))),
        bad(
            "network.receiveBatch is 65, allowed is 1 to 64",
            b -> b.network(NetworkOptions.DEFAULT.withReceiveBatch(65))),
        bad(
            "network.bindAddress is relay.invalid",
            b ->
                b.network(
                    NetworkOptions.DEFAULT.withBindAddress(
                        InetSocketAddress.createUnresolved("relay.invalid", 1)))),
        bad(
            "egress.batchSize is 0, allowed is 1 to 1024",
            b -> b.egress(EgressOptions.DEFAULT.withBatchSize(0))),
        bad(
            "egress.maxDatagramSize is 1500, allowed is 576 to 1452",
            b -> b.egress(EgressOptions.DEFAULT.withMaxDatagramSize(1_500))),
        bad(
            "history.duration is PT11S, allowed is PT0S to PT10S",
            b -> b.history(HistoryOptions.DEFAULT.withDuration(Duration.ofSeconds(11)))),
        bad(
            "history.maxBytes is 1, allowed is 65536 to 268435456",
            b -> b.history(HistoryOptions.DEFAULT.withMaxBytes(1))),
        bad(
            "retransmission.maxRepeats is 0, allowed is 1 to 64",
            b -> b.retransmission(Retransmission.SHARED_HISTORY.withMaxRepeats(0))),
        bad(
            "retransmission.maxShare is 1.5, allowed is over 0 to 1",
            b -> b.retransmission(Retransmission.SHARED_HISTORY.withMaxShare(1.5))),
        bad(
            "session.srtpProfiles is [], allowed is at least one profile",
            b -> b.session(SessionOptions.DEFAULT.withSrtpProfiles())),
        bad(
            "session.reportInterval is PT0S, allowed is PT0.1S to PT1M",
            b -> b.session(SessionOptions.DEFAULT.withReportInterval(Duration.ZERO))),
        bad(
            "session.consentTimeout is PT1S, allowed is PT5S to PT5M",
            b -> b.session(SessionOptions.DEFAULT.withConsentTimeout(Duration.ofSeconds(1)))),
        bad(
            "session.maxConnecting is 0, allowed is 1 to 1000000",
            b -> b.session(SessionOptions.DEFAULT.withMaxConnecting(0))),
        bad("listener is null, allowed is a RelayListener", b -> b.listener(null)),
        bad("network is null, allowed is NetworkOptions", b -> b.network(null)),
        bad("egress is null, allowed is EgressOptions", b -> b.egress(null)),
        bad("history is null, allowed is HistoryOptions", b -> b.history(null)),
        bad("retransmission is null, allowed is a Retransmission", b -> b.retransmission(null)),
        bad("session is null, allowed is SessionOptions", b -> b.session(null)),
        bad(
            "network.bindAddress is null, allowed is a resolved address",
            b -> b.network(NetworkOptions.DEFAULT.withBindAddress(null))),
        bad(
            "history.lateJoin is null, allowed is NEWEST_KEYFRAME or NEXT_KEYFRAME",
            b -> b.history(HistoryOptions.DEFAULT.withLateJoin(null))),
        bad(
            "history.duration is null, allowed is PT0S to PT10S",
            b -> b.history(HistoryOptions.DEFAULT.withDuration(null))),
        bad(
            "session.maxViewers is 0, allowed is 1 to 1000000",
            b -> b.session(SessionOptions.DEFAULT.withMaxViewers(0))));
  }

  @ParameterizedTest
  @MethodSource("badOptions")
  void shouldNameTheOptionItsValueAndWhatIsAllowed(
      String message, UnaryOperator<RelayEngineBuilder> change) {
    RelayEngineBuilder builder = change.apply(RelayEngine.builder());
    assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldLeaveNoThreadSocketOrBufferBehind(boolean nativeTransport) throws Exception {
    RelayEngine engine =
        builder(NetworkOptions.DEFAULT.withEventLoops(2).withNativeTransport(nativeTransport))
            .build();
    Publisher publisher = engine.publish("cam", VIDEO);
    push(publisher, 50);
    int port = engine.localAddress().getPort();
    assertThat(threads("sluice-loop")).isNotEmpty();
    engine.close();
    engine.close();
    assertNoThreads("sluice-");
    assertThat(activeAllocations(engine)).isZero();
    assertThat(Engines.segments(engine).usedBytes() + Engines.segments(engine).idleBytes())
        .isZero();
    new DatagramSocket(port, InetAddress.getLoopbackAddress()).close();
    assertThat(publisher.isClosed()).isTrue();
    assertThat(publisher.frames("video").writeFrame(TestStreams.keyframe(), 0)).isTrue();
    assertThatThrownBy(() -> engine.publish("cam", VIDEO))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldHaveATrackWrittenInOneForm() {
    try (RelayEngine engine = builder(NetworkOptions.DEFAULT).build()) {
      Publisher publisher = engine.publish("cam", VIDEO);
      assertThat(publisher.frames("video")).isSameAs(publisher.track("video"));
      assertThatThrownBy(() -> publisher.rtp("video"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("track 'video' is written as FRAMES");
      assertThatThrownBy(() -> publisher.frames("audio"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void shouldSayWhichAddressIsTaken() throws Exception {
    try (RelayEngine engine = builder(NetworkOptions.DEFAULT).build()) {
      NetworkOptions taken = NetworkOptions.DEFAULT.withBindAddress(engine.localAddress());
      assertThatThrownBy(() -> RelayEngine.builder().network(taken).build())
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("network.bindAddress")
          .hasMessageContaining(String.valueOf(engine.localAddress().getPort()))
          .hasMessageContaining("another port");
    }
    assertNoThreads("sluice-");
  }

  @Test
  void shouldNameAProviderWithoutTheCiphers() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                builder(NetworkOptions.DEFAULT)
                    .session(
                        SessionOptions.DEFAULT.withCipherProvider(
                            java.security.Security.getProvider("SUN")))
                    .build())
        .withMessageContaining("session.cipherProvider is SUN")
        .withMessageContaining("AEAD_AES_128_GCM");
  }

  @Test
  void shouldRefuseAPublicAddressThatNobodyCanSendTo() throws Exception {
    InetAddress any = InetAddress.getByName("0.0.0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder(NetworkOptions.DEFAULT.withPublicAddresses(List.of(any))).build())
        .withMessageContaining("network.publicAddresses");
    assertNoThreads("sluice-");
  }

  @Test
  void shouldReplaceAnOlderPublisherOfTheSameName() {
    try (RelayEngine engine = builder(NetworkOptions.DEFAULT).build()) {
      Publisher older = engine.publish("cam", VIDEO);
      Publisher newer = engine.publish("cam", VIDEO);
      assertThat(older.isClosed()).isTrue();
      assertThat(older.track("video").isClosed()).isTrue();
      assertThat(newer.track("video").isClosed()).isFalse();
      push(older, 3);
      push(newer, 3);
      assertThat(older.track("video").statistics().packets()).isZero();
      assertThat(newer.track("video").statistics().packets()).isEqualTo(3);
      older.close();
      assertThat(engine.stream("cam")).get().matches(LiveStream::isLive);
      newer.close();
      assertThat(engine.stream("cam")).isEmpty();
    }
  }

  @Test
  void shouldTellTheListenerOfStreams() {
    List<String> events = new ArrayList<>();
    RelayListener listener =
        new RelayListener() {
          @Override
          public void streamUp(LiveStream stream) {
            events.add("up " + stream.name());
            throw new IllegalStateException("a host's mistake");
          }

          @Override
          public void streamDown(LiveStream stream) {
            events.add("down " + stream.name());
          }
        };
    try (RelayEngine engine = builder(NetworkOptions.DEFAULT).listener(listener).build()) {
      engine.publish("cam", VIDEO).close();
    }
    assertThat(events).containsExactly("up cam", "down cam");
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void shouldLetAListenerCloseTheEngine() {
    List<RelayEngine> engines = new ArrayList<>();
    RelayListener listener =
        new RelayListener() {
          @Override
          public void streamUp(LiveStream stream) {
            engines.get(0).close();
          }
        };
    engines.add(builder(NetworkOptions.DEFAULT).listener(listener).build());
    assertThat(engines.get(0).publish("cam", VIDEO).isClosed()).isTrue();
  }

  @Test
  void shouldRefuseBadNamesAndTracks() {
    try (RelayEngine engine = builder(NetworkOptions.DEFAULT).build()) {
      assertThatIllegalArgumentException().isThrownBy(() -> engine.publish("", VIDEO));
      assertThatIllegalArgumentException().isThrownBy(() -> engine.publish("a\nb", VIDEO));
      assertThatIllegalArgumentException().isThrownBy(() -> engine.publish("cam", List.of()));
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  engine.publish(
                      "cam",
                      List.of(new TrackDescription("audio", Codec.OPUS, new OpusParameters(5)))))
          .withMessage("channels is 5, allowed is 1 or 2");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  engine.publish(
                      "cam",
                      List.of(
                          TrackDescription.of("a", Codec.H264),
                          TrackDescription.of("a", Codec.OPUS))));
      assertThatThrownBy(() -> engine.play("nobody", "v=0"))
          .isInstanceOf(UnknownStreamException.class);
      engine.publish("cam", VIDEO);
      assertThatThrownBy(() -> engine.play("cam", "no sdp"))
          .isInstanceOf(NegotiationException.class);
      assertThat(engine.statistics().viewers()).isZero();
    }
  }

  @Test
  void shouldRefuseTwoThreadsThatWriteOneTrackAtOnce() throws Exception {
    try (RelayEngine engine = builder(NetworkOptions.DEFAULT).build()) {
      FrameInput input = engine.publish("cam", VIDEO).frames("video");
      CountDownLatch done = new CountDownLatch(1);
      List<Throwable> thrown = new ArrayList<>();
      Runnable write =
          () -> {
            try {
              while (done.getCount() > 0) {
                input.writeFrame(TestStreams.keyframe(), 0);
              }
            } catch (IllegalStateException e) {
              synchronized (thrown) {
                thrown.add(e);
              }
              done.countDown();
            }
          };
      new Thread(write).start();
      new Thread(write).start();
      assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(thrown.get(0)).hasMessageContaining("one thread at a time");
    }
  }

  @Test
  void shouldAcceptEveryProfileAndAnExplicitProvider() {
    SessionOptions options =
        SessionOptions.DEFAULT
            .withSrtpProfiles(SrtpProfile.values())
            .withCipherProvider(java.security.Security.getProvider("SunJCE"));
    builder(NetworkOptions.DEFAULT).session(options).build().close();
  }

  private static Arguments bad(String message, UnaryOperator<RelayEngineBuilder> change) {
    return Arguments.of(message, change);
  }

  private static RelayEngineBuilder builder(NetworkOptions network) {
    return RelayEngine.builder()
        .network(
            network.withBindAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
  }

  private static void push(Publisher publisher, int count) {
    FrameInput input = publisher.frames("video");
    for (int i = 0; i < count; i++) {
      input.writeFrame(TestStreams.keyframe(), i * 3_000L);
      input.flush();
    }
  }

  private static List<Thread> threads(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(prefix))
        .toList();
  }

  /** a thread may outlive the announcement of its end by a moment */
  private static void assertNoThreads(String prefix) throws InterruptedException {
    for (Thread thread : threads(prefix)) {
      thread.join(TimeUnit.SECONDS.toMillis(5));
      assertThat(thread.isAlive()).as(thread.getName()).isFalse();
    }
  }

  private static long activeAllocations(RelayEngine engine) {
    PooledByteBufAllocator allocator = (PooledByteBufAllocator) engine.allocator();
    long active = 0;
    for (PoolArenaMetric arena : allocator.metric().heapArenas()) {
      active += arena.numActiveAllocations();
    }
    for (PoolArenaMetric arena : allocator.metric().directArenas()) {
      active += arena.numActiveAllocations();
    }
    return active;
  }
}
