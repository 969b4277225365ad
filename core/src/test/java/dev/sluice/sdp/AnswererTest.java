package dev.sluice.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.codec.Choices;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnswererTest {

  @Test
  void shouldAnswerChromium() throws Exception {
    Negotiation negotiation = answer(Offers.CHROMIUM.text(), Locals.VIDEO, Locals.AUDIO);

    assertThat(negotiation.answer().lines())
        .containsExactly(
            "v=0",
            "o=- 4711 1 IN IP4 127.0.0.1",
            "s=-",
            "t=0 0",
            "a=group:BUNDLE 0 1",
            "a=ice-lite",
            "a=ice-options:ice2 trickle",
            "a=fingerprint:" + Locals.FINGERPRINT,
            "m=video 9 UDP/TLS/RTP/SAVPF 108 109",
            "c=IN IP4 0.0.0.0",
            "a=mid:0",
            "a=ice-ufrag:" + Locals.CREDENTIALS.ufrag(),
            "a=ice-pwd:" + Locals.CREDENTIALS.pwd(),
            "a=setup:passive",
            "a=rtcp-mux",
            "a=" + Locals.CANDIDATE,
            "a=end-of-candidates",
            "a=sendonly",
            "a=msid:stream v0",
            "a=rtcp-rsize",
            "a=extmap:9 urn:ietf:params:rtp-hdrext:sdes:mid",
            "a=rtpmap:108 H264/90000",
            "a=fmtp:108 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
            "a=rtcp-fb:108 nack",
            "a=rtcp-fb:108 nack pli",
            "a=rtcp-fb:108 ccm fir",
            "a=rtpmap:109 rtx/90000",
            "a=fmtp:109 apt=108",
            "a=ssrc-group:FID 4294967294 4294967295",
            "a=ssrc:4294967294 cname:cname",
            "a=ssrc:4294967295 cname:cname",
            "m=audio 9 UDP/TLS/RTP/SAVPF 111",
            "c=IN IP4 0.0.0.0",
            "a=mid:1",
            "a=ice-ufrag:" + Locals.CREDENTIALS.ufrag(),
            "a=ice-pwd:" + Locals.CREDENTIALS.pwd(),
            "a=setup:passive",
            "a=rtcp-mux",
            "a=sendonly",
            "a=msid:stream a0",
            "a=rtcp-rsize",
            "a=extmap:9 urn:ietf:params:rtp-hdrext:sdes:mid",
            "a=rtpmap:111 opus/48000/2",
            "a=fmtp:111 minptime=10;useinbandfec=1",
            "a=ssrc:4369 cname:cname");
  }

  @Test
  void shouldSayWhatWasNegotiatedWithChromium() throws Exception {
    Negotiation negotiation = answer(Offers.CHROMIUM.text(), Locals.VIDEO, Locals.AUDIO);

    assertThat(negotiation.remoteCredentials().ufrag()).isEqualTo("y3jc");
    assertThat(negotiation.remoteCredentials().pwd()).isEqualTo("okE+ylExhcvOYTep7rFSzKUb");
    assertThat(negotiation.remoteFingerprints())
        .singleElement()
        .asString()
        .startsWith("sha-256 7C:01:78:27");
    assertThat(negotiation.remoteCandidates())
        .hasSize(2)
        .allMatch(candidate -> candidate.startsWith("candidate:"));
    assertThat(negotiation.endOfCandidates()).isFalse();
    NegotiatedTrack video = negotiation.tracks().get(0);
    assertThat(video.track()).isSameAs(Locals.VIDEO);
    assertThat(video.mid()).isEqualTo("0");
    assertThat(video.payloadType()).isEqualTo(108);
    assertThat(video.rtxPayloadType()).isEqualTo(109);
    assertThat(video.extensionId(HeaderExtension.MID)).isEqualTo(9);
    assertThat(video.feedback())
        .containsExactlyInAnyOrder(Feedback.NACK, Feedback.PLI, Feedback.FIR);
    assertThat(video.reducedSize()).isTrue();
    NegotiatedTrack audio = negotiation.tracks().get(1);
    assertThat(audio.track()).isSameAs(Locals.AUDIO);
    assertThat(audio.mid()).isEqualTo("1");
    assertThat(audio.payloadType()).isEqualTo(111);
    assertThat(audio.hasRtx()).isFalse();
    assertThat(audio.feedback()).isEmpty();
  }

  @Test
  void shouldAnswerFirefox() throws Exception {
    Negotiation negotiation = answer(Offers.FIREFOX.text(), Locals.VIDEO, Locals.AUDIO);

    assertThat(negotiation.remoteCredentials().ufrag()).isEqualTo("5ea8c193");
    assertThat(negotiation.remoteFingerprints()).as("of the session part").hasSize(1);
    assertThat(negotiation.endOfCandidates()).isTrue();
    NegotiatedTrack video = negotiation.tracks().get(0);
    assertThat(video.payloadType()).isEqualTo(126);
    assertThat(video.rtxPayloadType()).isEqualTo(127);
    assertThat(video.extensionId(HeaderExtension.MID)).isEqualTo(3);
    assertThat(negotiation.tracks().get(1).payloadType()).isEqualTo(109);
    assertThat(negotiation.tracks().get(1).reducedSize()).isFalse();
    assertThat(negotiation.answer())
        .contains("m=video 9 UDP/TLS/RTP/SAVPF 126 127\r\n", "m=audio 9 UDP/TLS/RTP/SAVPF 109\r\n");
  }

  @Test
  void shouldAnswerGStreamerWhoseAudioIsBundleOnly() throws Exception {
    Negotiation negotiation = answer(Offers.GSTREAMER.text(), Locals.VIDEO, Locals.AUDIO);

    assertThat(negotiation.tracks())
        .extracting(NegotiatedTrack::mid)
        .containsExactly("video0", "audio1");
    NegotiatedTrack video = negotiation.tracks().get(0);
    assertThat(video.feedback()).containsExactlyInAnyOrder(Feedback.PLI, Feedback.FIR);
    assertThat(video.hasRtx()).as("it offers neither NACK nor RTX").isFalse();
    assertThat(video.extensionId(HeaderExtension.MID)).isEqualTo(-1);
    assertThat(negotiation.answer())
        .contains("a=group:BUNDLE video0 audio1\r\n", "m=audio 9 UDP/TLS/RTP/SAVPF 97\r\n")
        .contains("a=rtpmap:97 OPUS/48000/2\r\n")
        .doesNotContain("fmtp", "bundle-only", "rtcp-mux-only");
  }

  @Test
  void shouldServeOneMediaOnlyWithoutBundle() throws Exception {
    Negotiation negotiation = answer(Offers.GSTREAMER_UNBUNDLED.text(), Locals.VIDEO, Locals.AUDIO);

    assertThat(negotiation.tracks()).singleElement().matches(t -> t.track() == Locals.VIDEO);
    assertThat(negotiation.remoteCredentials().ufrag()).startsWith("NW65");
    assertThat(mLines(negotiation))
        .containsExactly("m=video 9 UDP/TLS/RTP/SAVPF 96", "m=audio 0 UDP/TLS/RTP/SAVPF 97");
    assertThat(negotiation.answer()).doesNotContain("a=group");
    assertThat(media(negotiation, 1).mid()).isEqualTo("audio1");
    String reason = "is not bundled with the one that is served (RFC 9143)";
    assertThat(negotiation.refusals()).containsExactly(new MediaRefusal(1, "audio", reason));
    assertThat(media(negotiation, 1).lines().line('i'))
        .as("the peer is told")
        .isEqualTo("m-line 1 (audio) " + reason);

    Negotiation audio = answer(Offers.GSTREAMER_UNBUNDLED.text(), Locals.AUDIO);
    assertThat(audio.tracks()).singleElement().matches(t -> t.track() == Locals.AUDIO);
    assertThat(audio.remoteCredentials().ufrag()).as("of the audio").startsWith("UDT7");
  }

  @Test
  void shouldKeepMediaIdleThatTheStreamDoesNotHave() throws Exception {
    Negotiation negotiation = answer(Offers.CHROMIUM_AUDIO_FIRST.text(), Locals.VIDEO);

    assertThat(negotiation.tracks()).singleElement().matches(t -> t.mid().equals("1"));
    assertThat(mLines(negotiation))
        .containsExactly(
            "m=audio 9 UDP/TLS/RTP/SAVPF 111",
            "m=video 9 UDP/TLS/RTP/SAVPF 108 109",
            "m=video 9 UDP/TLS/RTP/SAVPF 96",
            "m=application 0 UDP/DTLS/SCTP webrtc-datachannel");
    assertThat(negotiation.answer()).contains("a=group:BUNDLE 0 1 2\r\n");
    assertThat(directions(negotiation))
        .containsExactly("inactive", "sendonly", "inactive", "inactive");
    assertThat(media(negotiation, 0).lines().has("candidate"))
        .as("the idle audio owns the transport")
        .isTrue();
    assertThat(media(negotiation, 0).lines().has("ssrc")).isFalse();
    assertThat(media(negotiation, 0).lines().attribute("rtpmap")).isEqualTo("111 opus/48000/2");
    assertThat(media(negotiation, 1).lines().has("candidate")).isFalse();
    assertThat(media(negotiation, 3).mid()).isEqualTo("3");
  }

  @Test
  void shouldSendInAMediaThatIsOfferedSendrecv() throws Exception {
    String offer = Offers.CHROMIUM.text().replace("a=recvonly", "a=sendrecv");

    assertThat(directions(answer(offer, Locals.VIDEO, Locals.AUDIO)))
        .containsExactly("sendonly", "sendonly");
    assertThat(directions(answer(offer.replace("a=sendrecv\r\n", ""), Locals.VIDEO)))
        .as("sendrecv is the default")
        .containsExactly("sendonly", "inactive");
  }

  @Test
  void shouldSendNothingInAMediaThatDoesNotReceive() throws Exception {
    for (String direction : List.of("sendonly", "inactive")) {
      String offer = Offers.CHROMIUM.text().replaceFirst("a=recvonly", "a=" + direction);
      Negotiation negotiation = answer(offer, Locals.VIDEO, Locals.AUDIO);

      assertThat(negotiation.tracks()).extracting(NegotiatedTrack::mid).containsExactly("1");
      assertThat(directions(negotiation)).containsExactly("inactive", "sendonly");
    }
  }

  @Test
  void shouldRefuseMediaThatCannotShareTheTransport() throws Exception {
    String offer = Offers.CHROMIUM.text();
    int audio = offer.indexOf("m=audio");
    String head = offer.substring(0, audio);
    String tail = offer.substring(audio);

    assertRefusesAudio(head + tail.replace("a=rtcp-mux\r\n", ""));
    assertRefusesAudio(head + tail.replace("m=audio 9", "m=audio 0"));
    assertRefusesAudio(head + tail.replace("UDP/TLS/RTP/SAVPF", "RTP/AVP"));
    assertRefusesAudio(head.replace("BUNDLE 0 1", "BUNDLE 0") + tail);
  }

  @Test
  void shouldLeaveOutRetransmissionWhenItIsOff() throws Exception {
    Negotiation negotiation =
        Answerer.answer(
            SessionDescription.parse(Offers.CHROMIUM.text()),
            Locals.withoutRetransmission(Locals.VIDEO));

    assertThat(negotiation.tracks().get(0).hasRtx()).isFalse();
    assertThat(negotiation.tracks().get(0).feedback())
        .containsExactlyInAnyOrder(Feedback.PLI, Feedback.FIR);
    assertThat(negotiation.answer())
        .contains("m=video 9 UDP/TLS/RTP/SAVPF 108\r\n")
        .doesNotContain("rtx", "a=ssrc-group", "108 nack\r\n");
  }

  @Test
  void shouldMatchRtxByItsAssociatedPayloadType() throws Exception {
    String offer = Offers.CHROMIUM.text().replace("a=fmtp:109 apt=108", "a=fmtp:109 apt=102");

    assertThat(answer(offer, Locals.VIDEO).tracks().get(0).rtxPayloadType()).isEqualTo(-1);
  }

  @Test
  void shouldAnswerAHeaderExtensionInTheDirectionOfTheMedia() throws Exception {
    String mid = "urn:ietf:params:rtp-hdrext:sdes:mid";
    String offer = Offers.CHROMIUM.text();

    assertThat(answer(offer.replace("9 " + mid, "9/recvonly " + mid), Locals.VIDEO).answer())
        .contains("a=extmap:9/sendonly " + mid);
    for (String unusable : List.of("9/sendonly ", "9/inactive ", "15 ", "0 ", "4096 ", "x ")) {
      Negotiation negotiation = answer(offer.replace("9 " + mid, unusable + mid), Locals.VIDEO);
      assertThat(negotiation.tracks().get(0).extensionId(HeaderExtension.MID))
          .as(unusable)
          .isEqualTo(-1);
      assertThat(negotiation.answer()).doesNotContain("extmap");
    }
  }

  @Test
  void shouldSayThatTheSourceIsStereo() throws Exception {
    LocalTrack stereo = new LocalTrack("a0", "audio", Choices.opus(true), 1, 2);

    assertThat(answer(Offers.CHROMIUM.text(), stereo).answer())
        .contains("a=fmtp:111 minptime=10;useinbandfec=1;sprop-stereo=1\r\n");
    assertThat(answer(Offers.GSTREAMER.text(), stereo).answer())
        .contains("a=fmtp:97 sprop-stereo=1\r\n");
  }

  @Test
  void shouldNotConfirmWhatTheOffererSaysOfWhatItSends() throws Exception {
    String offer =
        Offers.CHROMIUM
            .text()
            .replace("useinbandfec=1", "useinbandfec=1; SPROP-stereo=1;sprop-maxcapturerate=8000")
            .replace(
                "profile-level-id=42e01f", "profile-level-id=42e01f;sprop-parameter-sets=Z0I=");

    assertThat(answer(offer, Locals.VIDEO, Locals.AUDIO).answer())
        .contains("a=fmtp:111 minptime=10;useinbandfec=1\r\n")
        .contains("packetization-mode=1;profile-level-id=42e01f\r\n");
    assertThat(answer(offer, new LocalTrack("a0", "audio", Choices.opus(true), 1, 2)).answer())
        .contains("a=fmtp:111 minptime=10;useinbandfec=1;sprop-stereo=1\r\n");
  }

  @Test
  void shouldServeTwoTracksOfOneKindInTheirOrder() throws Exception {
    LocalTrack second = new LocalTrack("v1", "video", Choices.h264(null), 5, 6);
    Negotiation negotiation =
        answer(Offers.CHROMIUM_AUDIO_FIRST.text(), Locals.VIDEO, second, Locals.AUDIO);

    assertThat(negotiation.tracks())
        .extracting(NegotiatedTrack::track)
        .containsExactly(Locals.AUDIO, Locals.VIDEO, second);
  }

  @Test
  void shouldTakeTransportAttributesFromTheSession() throws Exception {
    String pwd = "sessionpwdsessionpwd++//";
    String offer =
        Offers.CHROMIUM
            .text()
            .replaceAll("a=(ice-ufrag|ice-pwd|fingerprint|setup):.*\r\n", "")
            .replace(
                "t=0 0\r\n",
                "t=0 0\r\na=setup:active\r\na=ice-ufrag:sess\r\na=ice-pwd:"
                    + pwd
                    + "\r\na=fingerprint:SHA-512 ab"
                    + ":cd".repeat(63)
                    + "\r\na=fingerprint:md5 AB:CD\r\n");
    Negotiation negotiation = answer(offer, Locals.VIDEO);

    assertThat(negotiation.remoteCredentials().pwd()).isEqualTo(pwd);
    assertThat(negotiation.remoteFingerprints())
        .singleElement()
        .asString()
        .startsWith("sha-512 AB:CD");
  }

  @Test
  void shouldKeepEveryFingerprintThatIsUnderstood() throws Exception {
    String other = "a=fingerprint:sha-384 AB" + ":CD".repeat(47) + "\r\n";
    String offer = Offers.CHROMIUM.text().replace("a=fingerprint", other + "a=fingerprint");

    assertThat(answer(offer, Locals.VIDEO).remoteFingerprints()).hasSize(2);
  }

  @Test
  void shouldSayWhatIsMissingOrWrong() {
    String offer = Offers.CHROMIUM.text();

    assertRefused(offer.replaceAll("a=ice-ufrag.*\r\n", ""), "a=ice-ufrag");
    assertRefused(offer.replaceAll("a=ice-(pwd|ufrag).*\r\n", ""), "no a=ice-ufrag");
    assertRefused(offer.replaceAll("a=fingerprint.*\r\n", ""), "no a=fingerprint");
    assertRefused(offer.replace("sha-256", "sha-1"), "a=fingerprint");
    assertRefused(offer.replace("actpass", "holdconn"), "a=setup");
    assertRefused(offer.replace("v=0\r\n", "v=0\r\na=ice-lite\r\n"), "a=ice-lite");
    assertRefused(offer.replace("a=rtcp-mux\r\n", ""), "m-line 0 (video) has no a=rtcp-mux");
    assertRefused(offer.replace("a=recvonly", "a=sendonly"), "m-line 0 (video) does not receive");
    assertRefused(offer.replace("H264", "H265"), "packetization-mode=1");
    assertRefused(offer.replace("m=video", "m=text"), "does not have");
    assertRefused(offer.substring(0, offer.indexOf("m=")), "there is no m= line");
  }

  @Test
  void shouldTellMalformedOffersFromThoseThatCannotBeServed() {
    String offer = Offers.CHROMIUM.text();

    assertMalformed(offer.replaceAll("a=ice-pwd.*\r\n", ""), "a=ice-pwd");
    assertMalformed(offer.replace("ufrag:y3jc", "ufrag:y3j"), "ICE credentials");
    assertMalformed(offer.replace("a=mid:1", "a=mid:0"), "a=mid");
  }

  @ParameterizedTest
  @EnumSource
  void shouldAnswerWithWellFormedSdp(Offers offer) throws Exception {
    Negotiation negotiation = answer(offer.text(), Locals.VIDEO, Locals.AUDIO);
    SessionDescription answer = SessionDescription.parse(negotiation.answer());

    assertThat(answer.write()).isEqualTo(negotiation.answer());
    assertThat(answer.media()).hasSameSizeAs(SessionDescription.parse(offer.text()).media());
    assertThat(negotiation.toString())
        .doesNotContain(negotiation.remoteCredentials().pwd(), Locals.CREDENTIALS.pwd());
  }

  private static Negotiation answer(String offer, LocalTrack... tracks)
      throws SdpException, UnservableOfferException {
    return Answerer.answer(SessionDescription.parse(offer), Locals.with(tracks));
  }

  private static void assertRefused(String offer, String message) {
    assertThatThrownBy(() -> answer(offer, Locals.VIDEO))
        .isInstanceOf(UnservableOfferException.class)
        .hasMessageContaining(message)
        .hasMessageMatching("[ -~]+");
  }

  private static void assertMalformed(String offer, String message) {
    assertThatThrownBy(() -> answer(offer, Locals.VIDEO))
        .isInstanceOf(SdpException.class)
        .hasMessageContaining(message);
  }

  private static void assertRefusesAudio(String offer) throws Exception {
    Negotiation negotiation = answer(offer, Locals.VIDEO, Locals.AUDIO);
    assertThat(negotiation.tracks()).singleElement().matches(t -> t.track() == Locals.VIDEO);
    assertThat(media(negotiation, 1).port()).isZero();
    assertThat(media(negotiation, 1).mid()).isEqualTo("1");
    assertThat(negotiation.answer()).contains("a=group:BUNDLE 0\r\n");
  }

  private static MediaDescription media(Negotiation negotiation, int index) throws Exception {
    return SessionDescription.parse(negotiation.answer()).media().get(index);
  }

  private static List<String> mLines(Negotiation negotiation) {
    return negotiation.answer().lines().filter(line -> line.startsWith("m=")).toList();
  }

  private static List<String> directions(Negotiation negotiation) throws Exception {
    SessionDescription answer = SessionDescription.parse(negotiation.answer());
    return answer.media().stream().map(m -> Direction.of(answer, m).attribute()).toList();
  }
}
