package dev.sluice.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.codec.Choices;
import dev.sluice.codec.MediaKind;
import dev.sluice.codec.RelayableFormat;
import org.junit.jupiter.api.Test;

/** Answers to peers that send. */
class PublishedOffersTest {
  private static final LocalTrack OPUS = new LocalTrack("a0", "audio", Choices.opus(false), 1, 2);
  private static final LocalTrack H264 = new LocalTrack("v0", "video", Choices.h264(null), 3, 4);

  private static final String OFFER = Offers.CHROMIUM.text().replace("a=recvonly", "a=sendonly");

  private static final String SIMULCAST =
      """
      a=rid:h send
      a=rid:m send
      a=rid:l send
      a=rid:x recv
      a=simulcast:send h;~m,l;l;nobody
      """;

  @Test
  void shouldTakeWhatIsSent() throws Exception {
    Negotiation negotiation = answer(OFFER);

    assertThat(negotiation.tracks()).extracting(NegotiatedTrack::track).containsExactly(H264, OPUS);
    assertThat(negotiation.answer())
        .contains("a=recvonly\r\n", " transport-cc\r\n", "a=extmap:")
        .doesNotContain("a=sendonly", "a=msid", "a=ssrc");
  }

  @Test
  void shouldRefuseMoreThanCanBeTaken() throws Exception {
    assertThat(Answerer.answer(SessionDescription.parse(OFFER), Locals.receiving(H264)).refusals())
        .extracting(MediaRefusal::reason)
        .containsExactly("is one more than can be taken");
  }

  @Test
  void shouldRefuseWhoSendsNothing() {
    assertThatThrownBy(() -> answer(Offers.CHROMIUM.text()))
        .isInstanceOf(UnservableOfferException.class)
        .hasMessageContaining("does not send");
  }

  @Test
  void shouldTakeTheEncodingsThatAreDeclared() throws Exception {
    String offer = OFFER.replaceFirst("a=sendonly\\R", "a=sendonly\r\n" + SIMULCAST);
    Negotiation negotiation = answer(offer);

    assertThat(negotiation.tracks().get(0).rids()).containsExactly("h", "m", "l");
    assertThat(negotiation.answer())
        .contains("a=rid:m recv\r\na=rid:l recv\r\na=simulcast:recv h;m;l\r\n")
        .doesNotContain("a=rid:x", "nobody");
  }

  @Test
  void shouldTakeEveryFormatThatCanBeRelayedInTheOffersOrder() throws Exception {
    LocalTrack video = new LocalTrack("v0", "video", new RelayableFormat(MediaKind.VIDEO), 3, 4);
    LocalTrack audio = new LocalTrack("a0", "audio", new RelayableFormat(MediaKind.AUDIO), 1, 2);
    Negotiation negotiation =
        Answerer.answer(SessionDescription.parse(OFFER), Locals.receiving(video, audio));
    SessionDescription answer = SessionDescription.parse(negotiation.answer());

    assertThat(answer.media().get(0).formats())
        .containsSubsequence("96", "97", "98", "99", "102", "103", "104", "107", "45", "46")
        .doesNotContain("118", "119", "120", "49")
        .doesNotHaveDuplicates();
    assertThat(answer.media().get(1).formats()).containsExactly("111", "63", "9", "0", "8");
    assertThat(answer.media().get(0).lines().attributes("fmtp"))
        .contains("108 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f")
        .contains("109 apt=108");
    assertThat(answer.media().get(0).lines().attributes("rtcp-fb"))
        .contains("96 nack pli", "98 nack pli", "45 nack pli");
    assertThat(negotiation.alternatives())
        .extracting(track -> track.track().id())
        .contains("v0", "a0");
  }

  private static Negotiation answer(String offer) throws Exception {
    return Answerer.answer(SessionDescription.parse(offer), Locals.receiving(H264, OPUS));
  }
}
