package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.codec.Codec;
import dev.sluice.codec.OpusParameters;
import dev.sluice.sdp.OfferTexts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ViewerNegotiationTest {
  private static final String OFFER = OfferTexts.read("chromium.sdp");
  private static final String RESTART = "a=ice-ufrag:ysXw\na=ice-pwd:vw5LmwG4y/e6dPP/zAP9Gp5k\n";

  private final RelayEngine engine = engine("127.0.0.1");

  ViewerNegotiationTest() {
    engine.publish(
        "cam",
        List.of(
            TrackDescription.of("v", Codec.H264),
            new TrackDescription("a", Codec.OPUS, new OpusParameters(2))));
    engine.publish("silent", List.of(TrackDescription.of("v", Codec.H264)));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void shouldTellTheHostWhyNothingIsSentInAMedia() {
    assertThat(engine.play("cam", OFFER).refusedMedia()).isEmpty();
    assertThat(engine.play("silent", OFFER).refusedMedia())
        .containsExactly(
            new RefusedMedia(1, "audio", "asks for a track that the stream does not have"));
    assertThat(engine.play("cam", OFFER.replace("BUNDLE 0 1", "BUNDLE 0")).refusedMedia())
        .containsExactly(
            new RefusedMedia(1, "audio", "is not bundled with the one that is served (RFC 9143)"));
  }

  @Test
  void shouldTellMalformedOffersFromThoseThatCannotBeServed() {
    NegotiationException malformed = refusal("v=0\nhello");
    assertThat(malformed.isMalformed()).isTrue();
    assertThat(malformed.refusedMedia()).isEmpty();

    NegotiationException blind = refusal(OFFER.replace("H264", "H265"));
    assertThat(blind.isMalformed()).isFalse();
    assertThat(blind.refusedMedia())
        .containsExactly(
            new RefusedMedia(0, "video", "does not offer H264/90000 with packetization-mode=1"));
    assertThat(blind).hasMessageContaining("the picture cannot be served");
    assertThat(engine.statistics().viewers()).isZero();
  }

  @Test
  void shouldTellWhoeverAsksWhenMediaWasCaptured() {
    String extension = "a=extmap:13 http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time";
    String asking = OFFER.replaceFirst("a=recvonly", "a=recvonly\n" + extension);
    assertThat(engine.play("cam", asking).answer()).contains(extension + "\r\n");
    assertThat(engine.play("cam", OFFER).answer()).doesNotContain("abs-capture-time");
  }

  @Test
  void shouldServeWhoeverOnlyListens() {
    String soundOnly = OFFER.replaceFirst("a=recvonly", "a=inactive");

    assertThat(engine.play("cam", soundOnly).answer()).contains("a=sendonly", "a=inactive");
  }

  @Test
  void shouldKeepWhatTheHostKnowsOfAViewer() {
    Instant before = Instant.now();
    PeerContext context = new PeerContext(new InetSocketAddress("192.0.2.1", 4711), "player", 42);

    Viewer viewer = engine.play("cam", OFFER, context);

    assertThat(viewer.context()).isSameAs(context);
    assertThat(viewer.startedAt()).isBetween(before, Instant.now());
    assertThat(viewer.remoteAddress()).as("no path yet").isNull();
    assertThat(engine.viewer(viewer.id())).containsSame(viewer);
    assertThat(engine.viewer("nobody")).isEmpty();
    assertThat(engine.ingest(viewer.id())).isEmpty();
    Ingest ingest = engine.ingest("cam", SampleOffer.toSend(), context);
    assertThat(engine.ingest(ingest.id())).containsSame(ingest);
    assertThat(engine.viewer(ingest.id())).isEmpty();
    assertThat(engine.statistics().viewers()).isEqualTo(1);
    assertThat(engine.play("cam", OFFER).context()).isEqualTo(PeerContext.NONE);
  }

  @Test
  void shouldRestartIceWhenAFragmentHasNewCredentials() {
    Viewer viewer = engine.play("cam", OFFER);

    assertThat(viewer.trickle("a=candidate:1 1 udp 1 192.0.2.1 9 typ host\n")).isNull();
    assertThat(viewer.trickle(RESTART)).contains("a=ice-lite", "a=ice-ufrag:");
    assertThat(viewer.trickle(RESTART)).as("known by now").isNull();
    viewer.restartIce(RESTART.replace("ysXw", "abcd"));
    assertThat(viewer.trickle(RESTART.replace("ysXw", "abcd"))).isNull();
  }

  @Test
  void shouldKnowAStreamByOneSpellingOfItsName() {
    LiveStream stream =
        engine.publish("u\u0308ber/a b", List.of(TrackDescription.of("v", Codec.H264))).stream();

    assertThat(stream.name()).isEqualTo("\u00fcber/a b");
    assertThat(engine.stream("\u00fcber/a b")).containsSame(stream);
    assertThat(engine.stream("u\u0308ber/a b")).containsSame(stream);
    assertThat(engine.play("u\u0308ber/a b", OFFER).stream()).isSameAs(stream);
    assertThat(engine.stream("/cam")).isEmpty();
  }

  @Test
  void shouldOfferEveryAddressOfTheMachineWhenBoundToAll() throws Exception {
    try (RelayEngine everywhere = engine("0.0.0.0")) {
      everywhere.publish("cam", List.of(TrackDescription.of("v", Codec.H264)));

      List<String> candidates =
          Pattern.compile("a=candidate:\\S+ 1 udp \\d+ (\\S+) ")
              .matcher(everywhere.play("cam", OFFER).answer())
              .results()
              .map(match -> match.group(1))
              .toList();

      assertThat(candidates).endsWith("127.0.0.1").doesNotHaveDuplicates();
      for (String candidate : candidates) {
        assertThat(NetworkInterface.getByInetAddress(InetAddress.getByName(candidate))).isNotNull();
      }
    }
  }

  private NegotiationException refusal(String offer) {
    return catchThrowableOfType(NegotiationException.class, () -> engine.play("cam", offer));
  }

  private static RelayEngine engine(String address) {
    return RelayEngine.builder()
        .network(NetworkOptions.DEFAULT.withBindAddress(new InetSocketAddress(address, 0)))
        .build();
  }
}
