package dev.sluice.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text is answered as well-formed SDP, or refused by one of the two exceptions. */
class SdpFuzzTest {

  static Stream<byte[]> offers() {
    return Arrays.stream(Offers.values()).map(offer -> bytes(offer.text()));
  }

  @MethodSource("offers")
  @FuzzTest
  void shouldAnswerOrRefuseAnyOfferOfAViewer(byte @NotNull [] bytes) {
    answer(bytes, Locals.with(Locals.VIDEO, Locals.AUDIO));
  }

  @MethodSource("offers")
  @FuzzTest
  void shouldAnswerOrRefuseAnyOfferOfAPublisher(byte @NotNull [] bytes) {
    answer(bytes, Locals.receiving(Locals.VIDEO, Locals.AUDIO));
  }

  private static void answer(byte[] bytes, LocalDescription local) {
    try {
      SessionDescription offer = SessionDescription.parse(text(bytes));
      Negotiation negotiation = Answerer.answer(offer, local);
      SessionDescription answer = SessionDescription.parse(negotiation.answer());
      assertThat(answer.media()).hasSameSizeAs(offer.media());
    } catch (SdpException | UnservableOfferException refused) {
      assertThat(refused.getMessage()).hasSizeLessThan(16_384);
    }
  }

  static Stream<byte[]> answers() {
    return Stream.of(bytes(CallTest.answerOfABrowser()));
  }

  @MethodSource("answers")
  @FuzzTest
  void shouldReadOrRefuseAnyAnswer(byte @NotNull [] bytes) {
    try {
      LocalDescription local = Locals.receiving(Locals.VIDEO, Locals.AUDIO);
      assertThat(AnswerReader.read(text(bytes), local).tracks()).isNotEmpty();
    } catch (SdpException | UnservableOfferException refused) {
      assertThat(refused.getMessage()).hasSizeLessThan(16_384);
    }
  }

  static Stream<byte[]> fragments() {
    return Stream.of(
        bytes(
            """
            a=ice-ufrag:y3jc
            a=ice-pwd:okE+ylExhcvOYTep7rFSzKUb
            m=video 9 UDP/TLS/RTP/SAVPF 96
            a=mid:0
            a=candidate:1 1 udp 2122260223 192.0.2.1 61764 typ host
            a=end-of-candidates
            """));
  }

  @MethodSource("fragments")
  @FuzzTest
  void shouldAnswerOrRefuseAnyFragment(byte @NotNull [] bytes) {
    try {
      TrickleFragment fragment = TrickleFragment.parse(text(bytes));
      assertThat(fragment.candidates()).isNotNull();
      fragment.endOfCandidates();
      TrickleFragment.parse(fragment.answer(Locals.CREDENTIALS, List.of(Locals.CANDIDATE)));
    } catch (SdpException refused) {
      assertThat(refused.getMessage()).hasSizeLessThan(16_384);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
