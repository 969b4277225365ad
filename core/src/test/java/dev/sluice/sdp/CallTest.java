package dev.sluice.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.codec.Codec;
import dev.sluice.codec.MediaKind;
import dev.sluice.codec.RelayableFormat;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Offers to receive, and what is read out of answers to them. */
class CallTest {
  private static final LocalDescription LOCAL =
      Locals.receiving(taken(MediaKind.VIDEO), taken(MediaKind.AUDIO));

  /** as browsers answer: full ICE, candidates without an address, active */
  private static final String BROWSER =
      """
      v=0
      o=- 7 2 IN IP4 127.0.0.1
      s=-
      t=0 0
      a=group:BUNDLE 0 1
      a=extmap-allow-mixed
      a=msid-semantic: WMS x
      m=video 50004 UDP/TLS/RTP/SAVPF 110 111 96 97
      c=IN IP4 192.0.2.7
      a=rtcp:9 IN IP4 0.0.0.0
      a=candidate:1 1 udp 2113937151 192.0.2.7 50004 typ host generation 0
      a=candidate:2 1 udp 2113937151 6a1f8f0c-3c09-4b0c-9d2f.local 50005 typ host generation 0
      a=ice-ufrag:Kx1J
      a=ice-pwd:abcdefghijklmnopqrstuvwx
      a=ice-options:trickle
      a=fingerprint:sha-256 AB%1$s
      a=setup:active
      a=mid:0
      a=extmap:2 urn:ietf:params:rtp-hdrext:sdes:mid
      a=sendonly
      a=rtcp-mux
      a=rtpmap:110 VP8/90000
      a=rtcp-fb:110 nack
      a=rtcp-fb:110 nack pli
      a=rtpmap:111 rtx/90000
      a=fmtp:111 apt=110
      a=rtpmap:96 H264/90000
      a=fmtp:96 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f
      a=rtpmap:97 rtx/90000
      a=fmtp:97 apt=96
      m=audio 9 UDP/TLS/RTP/SAVPF 126
      c=IN IP4 0.0.0.0
      a=ice-ufrag:Kx1J
      a=ice-pwd:abcdefghijklmnopqrstuvwx
      a=fingerprint:sha-256 AB%1$s
      a=setup:active
      a=mid:1
      a=inactive
      a=rtcp-mux
      a=rtpmap:126 opus/48000/2
      """
          .formatted(":CD".repeat(31));

  private static LocalTrack taken(MediaKind kind) {
    return new LocalTrack(kind.media(), kind.media(), new RelayableFormat(kind), 0, 0);
  }

  private static String offer() {
    List<MediaOffer> media =
        Arrays.stream(MediaKind.values())
            .map(
                kind ->
                    new MediaOffer(
                        kind.media(),
                        new RelayableFormat(kind).offers(),
                        EnumSet.of(Feedback.NACK, Feedback.PLI)))
            .toList();
    return OfferWriter.write(LOCAL, media);
  }

  @Test
  void shouldOfferEveryCodecWithAPayloadTypeOfItsOwn() throws Exception {
    SessionDescription offer = SessionDescription.parse(offer());
    Set<Integer> types = new HashSet<>();
    Set<String> encodings = new HashSet<>();
    for (MediaDescription media : offer.media()) {
      List<PayloadFormat> formats = media.payloadFormats();
      assertThat(formats).hasSameSizeAs(media.formats());
      for (PayloadFormat format : formats) {
        assertThat(types.add(format.payloadType())).as("twice %s", format).isTrue();
        assertThat(format.payloadType())
            .satisfiesAnyOf(
                type -> assertThat(type).isBetween(96, 127),
                type -> assertThat(type).isBetween(35, 63),
                type -> assertThat(type).isIn(0, 8, 9));
        encodings.add(format.encoding().toUpperCase(Locale.ROOT));
      }
    }
    assertThat(encodings)
        .containsAll(Arrays.stream(Codec.values()).map(Codec::name).toList())
        .contains("RTX");
  }

  @Test
  void shouldOfferToReceiveByBothRolesOfDtls() throws Exception {
    SessionDescription offer = SessionDescription.parse(offer());
    assertThat(offer.session().has("ice-lite")).isFalse();
    assertThat(offer.session().attribute("group")).isEqualTo("BUNDLE 0 1");
    for (MediaDescription media : offer.media()) {
      assertThat(media.lines().attribute("setup")).isEqualTo("actpass");
      assertThat(media.lines().has("recvonly")).isTrue();
      assertThat(media.lines().attribute("ice-pwd")).isEqualTo(Locals.CREDENTIALS.pwd());
      assertThat(media.lines().attributes("candidate")).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldBeAnsweredByThisSideForEachOfItsCodecs(Codec codec) throws Exception {
    LocalTrack track =
        new LocalTrack("t", codec.kind().media(), new RelayableFormat(codec.kind()), 1, 2);
    Negotiation answer =
        Answerer.answer(SessionDescription.parse(only(codec, offer())), Locals.with(track));
    Negotiation read = AnswerReader.read(answer.answer(), LOCAL);
    assertThat(read.remotePassive()).isTrue();
    NegotiatedTrack negotiated = read.tracks().get(0);
    assertThat(negotiated.format().encoding()).isEqualToIgnoringCase(codec.name());
    assertThat(negotiated.payloadType()).isEqualTo(answer.tracks().get(0).payloadType());
    assertThat(negotiated.hasRtx()).isTrue();
    assertThat(negotiated.extensionId(HeaderExtension.MID)).isPositive();
    assertThat(read.remoteCandidates()).containsExactly(Locals.CANDIDATE);
  }

  /** as if the others were not known */
  private static String only(Codec codec, String offer) {
    return offer.replaceAll(
        "(?i)a=rtpmap:(\\d+) (?!rtx|" + codec.name() + ")", "a=rtpmap:$1 unknown-");
  }

  @Test
  void shouldTakeTheAnswerOfABrowser() throws Exception {
    Negotiation negotiation = AnswerReader.read(BROWSER, LOCAL);
    assertThat(negotiation.remotePassive()).isFalse();
    assertThat(negotiation.tracks()).hasSize(1);
    assertThat(negotiation.tracks().get(0).format().encoding()).isEqualTo("VP8");
    assertThat(negotiation.tracks().get(0).rtxPayloadType()).isEqualTo(111);
    assertThat(negotiation.refusals()).extracting(MediaRefusal::index).containsExactly(1);
    assertThat(negotiation.remoteCredentials().ufrag()).isEqualTo("Kx1J");
    assertThat(negotiation.remoteCandidates()).hasSize(2);
    assertThat(negotiation.answer()).isEqualTo(BROWSER);
  }

  @Test
  void shouldSeeWhatElseAPeerMaySendByItsAnswer() throws Exception {
    assertThat(AnswerReader.read(BROWSER, LOCAL).alternatives())
        .extracting(track -> track.format().encoding())
        .containsExactly("H264");
  }

  @Test
  void shouldTakeTheAnswerOfALitePeer() throws Exception {
    String lite = BROWSER.replace("t=0 0\n", "t=0 0\na=ice-lite\n").replace("active", "passive");
    Negotiation read = AnswerReader.read(lite.replace("inpassive", "inactive"), LOCAL);
    assertThat(read.remotePassive()).isTrue();
  }

  /** candidates stand with the media only (RFC 8839 section 5.1), credentials where they like */
  @Test
  void shouldFindCandidatesWhereverTheCredentialsStand() throws Exception {
    String credentials = "a=ice-ufrag:Kx1J\na=ice-pwd:abcdefghijklmnopqrstuvwx\n";
    String shared = BROWSER.replace(credentials, "").replace("t=0 0\n", "t=0 0\n" + credentials);
    Negotiation negotiation = AnswerReader.read(shared, LOCAL);
    assertThat(negotiation.remoteCredentials().ufrag()).isEqualTo("Kx1J");
    assertThat(negotiation.remoteCandidates()).hasSize(2);
  }

  @Test
  void shouldTakeAPeerForActiveThatDoesNotSay() throws Exception {
    String silent = BROWSER.replaceAll("a=setup:active\n", "");
    assertThat(AnswerReader.read(silent, LOCAL).remotePassive()).isFalse();
  }

  @Test
  void shouldRefuseAnswersThatGiveNothing() {
    assertRefused(BROWSER.replace("a=sendonly", "a=inactive"), "nothing in the answer");
    assertRefused(BROWSER.replace("m=video 50004", "m=video 0"), "nothing in the answer");
    assertRefused(BROWSER.replaceAll("VP8|H264", "X9"), "nothing in the answer");
    assertRefused(
        BROWSER.replaceAll("VP8|H264", "X9").replaceFirst("a=inactive", "a=sendonly"),
        "the picture");
    assertRefused(BROWSER.replace("setup:active", "setup:actpass"), "a=setup");
    assertRefused(BROWSER.replaceAll("a=fingerprint.*\n", ""), "a=fingerprint");
  }

  private static void assertRefused(String answer, String message) {
    assertThatThrownBy(() -> AnswerReader.read(answer, LOCAL))
        .isInstanceOf(UnservableOfferException.class)
        .hasMessageContaining(message)
        .hasMessageMatching("[ -~]+");
  }

  @Test
  void shouldRaiseNothingElseOnMutatedAnswers() {
    Random random = new Random(8829);
    int read = 0;
    for (int i = 0; i < 2_000; i++) {
      try {
        Negotiation negotiation = AnswerReader.read(Mutation.of(BROWSER, random), LOCAL);
        assertThat(negotiation.tracks()).isNotEmpty();
        read++;
      } catch (SdpException | UnservableOfferException expected) {
        assertThat(expected).hasMessageMatching("[ -~]+");
      }
    }
    assertThat(read).as("not every mutation is fatal").isPositive();
  }

  static String answerOfABrowser() {
    return BROWSER;
  }
}
