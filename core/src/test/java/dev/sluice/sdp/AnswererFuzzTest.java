package dev.sluice.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.codec.MediaKind;
import dev.sluice.codec.RelayableFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Offers that are damaged or large are answered, or raise one of the two exceptions, soon. */
class AnswererFuzzTest {
  private static final LocalDescription RECEIVING =
      Locals.receiving(taken(MediaKind.VIDEO), taken(MediaKind.AUDIO));

  private static LocalTrack taken(MediaKind kind) {
    return new LocalTrack(kind.media(), kind.media(), new RelayableFormat(kind), 0, 0);
  }

  @ParameterizedTest
  @EnumSource
  void shouldRaiseNothingElseOnMutatedOffers(Offers offer) {
    Random random = new Random(3264);
    int answered = 0;
    for (int i = 0; i < 500; i++) {
      String text = Mutation.of(offer.text(), random);
      try {
        SessionDescription parsed = SessionDescription.parse(text);
        Negotiation negotiation = answer(parsed);
        assertThat(SessionDescription.parse(negotiation.answer()).media())
            .hasSameSizeAs(parsed.media());
        assertThat(negotiation.tracks()).isNotEmpty();
        answered++;
      } catch (SdpException | UnservableOfferException expected) {
        assertThat(expected).hasMessageMatching("[ -~]+");
      }
    }
    assertThat(answered).as("not every mutation is fatal").isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"chromium.sdp", "firefox.sdp", "gstreamer-publishing.sdp"})
  void shouldRaiseNothingElseOnMutatedOffersToSend(String file) {
    String offer =
        OfferTexts.read(file)
            .replaceFirst("(?m)^a=mid:(.*)$", "a=mid:$1\na=rid:h send\na=simulcast:send h")
            .replace("a=recvonly", "a=sendonly");
    Random random = new Random(8853);
    int answered = 0;
    for (int i = 0; i < 500; i++) {
      try {
        SessionDescription parsed = SessionDescription.parse(Mutation.of(offer, random));
        Negotiation negotiation = Answerer.answer(parsed, RECEIVING);
        assertThat(SessionDescription.parse(negotiation.answer()).media())
            .hasSameSizeAs(parsed.media());
        answered++;
      } catch (SdpException | UnservableOfferException expected) {
        assertThat(expected).hasMessageMatching("[ -~]+");
      }
    }
    assertThat(answered).as("not every mutation is fatal").isPositive();
  }

  static Stream<String> largeOffers() {
    String offer = Offers.CHROMIUM.text();
    String video = "m=video 9 UDP/TLS/RTP/SAVPF";
    String maps = "a=rtpmap:%1$d H264/90000\r\na=rtcp-fb:* x%1$d\r\na=fmtp:%1$d apt=1\r\n";
    return Stream.of(
        repeat(offer, "m=x 0 x 0\r\n"),
        repeat(offer, "a=x\r\n"),
        repeat(offer, "a=candidate:1 1 udp 1 192.0.2.1 1 typ host\r\n"),
        repeat(offer, "a=rtpmap:108 H264/90000\r\n"),
        repeat(offer, "a=rtcp-fb:* nack\r\n"),
        repeat(offer, "a=fingerprint:sha-256 AB" + ":CD".repeat(31) + "\r\n"),
        repeat(offer, "m=video 9 UDP/TLS/RTP/SAVPF 1\r\na=rtcp-mux\r\na=mid:%d\r\n"),
        offer.replace("BUNDLE 0 1", "BUNDLE" + " x".repeat(25_000) + " 0 1"),
        offer.replace("a=group", repeat("", "a=group:BUNDLE %d x y\r\n") + "a=group"),
        offer.replaceFirst(video, video + " 1".repeat(25_000)),
        offer.replace("a=mid:0", repeat("", maps).replaceAll("\r\n$", "") + "\r\na=mid:0"),
        offer.replace("useinbandfec=1", "sprop-x=1;".repeat(5_000)),
        offer.replace("m=audio", "m=" + "x".repeat(50_000)),
        offer.replace("a=mid:1", "a=mid:" + "1".repeat(50_000)));
  }

  /** A client may make us compute for some milliseconds, and keep no more than it sent. */
  @ParameterizedTest
  @MethodSource("largeOffers")
  @Timeout(20)
  void shouldBeQuickWithALargeOffer(String offer) {
    assertThat(offer).hasSizeGreaterThan(50_000);
    for (int i = 0; i < 50; i++) {
      try {
        String cut = offer.substring(0, Math.min(offer.length(), SessionDescription.MAX_LENGTH));
        assertThat(answer(SessionDescription.parse(cut)).answer())
            .hasSizeLessThan(cut.length() + 4_096);
      } catch (SdpException | UnservableOfferException expected) {
        assertThat(expected.getMessage()).hasSizeLessThan(16_384);
      }
    }
  }

  /** Repeats lines, numbered, until an offer is about as long as it may be. */
  private static String repeat(String offer, String lines) {
    StringBuilder text = new StringBuilder(offer);
    for (int i = 0; text.length() < 56_000; i++) {
      text.append(String.format(lines, i));
    }
    return text.toString();
  }

  private static Negotiation answer(SessionDescription offer)
      throws SdpException, UnservableOfferException {
    return Answerer.answer(offer, Locals.with(Locals.VIDEO, Locals.AUDIO));
  }
}
