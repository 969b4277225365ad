package dev.sluice.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Offers in the styles of several implementations, odd ones among them, and what becomes of each
 * m-line: the direction of the answer, or {@code 0} where it is refused.
 */
class PeerOffersTest {

  private static final String SESSION = "v=0\no=- 1 1 IN IP4 0.0.0.0\ns=-\nt=0 0\n";
  private static final String BUNDLE = "a=group:BUNDLE 0 1\n";
  private static final String TRANSPORT =
      "a=ice-ufrag:abcd\na=ice-pwd:0123456789abcdefghijkl\na=setup:actpass\na=fingerprint:sha-256 "
          + "AB"
          + ":CD".repeat(31)
          + "\n";
  private static final String H264 =
      """
      a=rtpmap:96 H264/90000
      a=fmtp:96 packetization-mode=1;profile-level-id=42e01f
      """;
  private static final String OPUS = "a=rtpmap:111 opus/48000/2\n";
  private static final String VP8 = "a=rtpmap:96 VP8/90000\n";

  static Stream<Arguments> offers() {
    return Stream.of(
        offer("video, then audio", "sendonly sendonly", BUNDLE, video(0, H264), audio(1, OPUS)),
        offer("audio, then video", "sendonly sendonly", BUNDLE, audio(0, OPUS), video(1, H264)),
        offer("one m-line without a mid", "sendonly", "", media("video", 9, 96, H264)),
        offer("sound alone", "sendonly", "", audio(0, OPUS)),
        offer(
            "sound alone beside a video m-line that asks for nothing",
            "inactive sendonly",
            BUNDLE,
            video(0, H264).replace("recvonly", "inactive"),
            audio(1, OPUS)),
        offer(
            "neither bundled nor named",
            "sendonly 0",
            "",
            media("video", 9, 96, H264),
            media("audio", 9, 111, OPUS)),
        offer("not bundled, audio first", "0 sendonly", "", audio(0, OPUS), video(1, H264)),
        offer(
            "two bundles, of which the second has more",
            "0 sendonly sendonly",
            "a=group:BUNDLE 2\na=group:BUNDLE 0 1\n",
            video(2, H264),
            video(0, H264),
            audio(1, OPUS)),
        offer("a picture that cannot be had", "422", BUNDLE, video(0, VP8), audio(1, OPUS)),
        offer("a picture in mode 0", "422", BUNDLE, video(0, mode("0")), audio(1, OPUS)),
        offer(
            "sound that cannot be had", "sendonly inactive", BUNDLE, video(0, H264), audio(1, "")),
        offer("neither to be had", "422", BUNDLE, video(0, VP8), audio(1, "")),
        offer("no m-line", "422", ""),
        offer(
            "two video m-lines, of which the second fits",
            "inactive sendonly",
            BUNDLE,
            video(0, VP8),
            video(1, H264)),
        offer(
            "two video m-lines that fit",
            "sendonly inactive",
            BUNDLE,
            video(0, H264),
            video(1, H264)),
        offer(
            "an m-line that was turned off",
            "0 sendonly sendonly",
            BUNDLE,
            media("video", 0, 96, "a=mid:2\n" + H264),
            video(0, H264),
            audio(1, OPUS)),
        offer(
            "an m-line that is there for the bundle only",
            "sendonly sendonly",
            BUNDLE,
            video(0, H264),
            media("audio", 0, 111, "a=mid:1\na=bundle-only\n" + OPUS)),
        offer(
            "data channels first, which own the transport's attributes",
            "0 sendonly",
            BUNDLE,
            "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\na=mid:0\na=sctp-port:5000\n"
                + TRANSPORT,
            video(1, H264).replace(TRANSPORT, "")),
        offer(
            "attributes of the transport in the session, as of libdatachannel",
            "sendonly sendonly",
            BUNDLE + "a=msid-semantic:WMS *\na=ice-options:ice2,trickle\n" + TRANSPORT,
            video(0, H264).replace(TRANSPORT, ""),
            audio(1, OPUS).replace(TRANSPORT, "")),
        offer(
            "extensions, simulcast and trickle that are not used",
            "sendonly",
            "a=extmap-allow-mixed\na=msid-semantic: WMS\n",
            video(0, H264)
                + "a=extmap:4096 urn:3gpp:video-orientation\na=rid:h recv\na=simulcast:recv h\n"
                + "a=rtcp:9 IN IP4 0.0.0.0\na=candidate:1 1 tcp 1 x.local 9 typ host tcptype active\n"
                + "a=end-of-candidates\nb=AS:5000\n"),
        offer(
            "several fingerprints, as of aiortc and werift",
            "sendonly",
            "",
            video(0, H264) + "a=fingerprint:sha-512 AB" + ":CD".repeat(63) + "\n"),
        offer(
            "Opus without its channels, as of GStreamer's whepsrc",
            "sendonly sendonly",
            BUNDLE,
            video(0, H264),
            audio(1, "a=rtpmap:111 OPUS/48000\na=fmtp:111 sprop-stereo=1\n")),
        offer(
            "H.264 without parameters",
            "sendonly",
            "",
            video(0, "a=rtpmap:96 h264/90000\na=rtcp-fb:96 ccm fir\n")),
        offer(
            "a payload type that is malformed beside one that is not",
            "sendonly",
            "",
            media("video", 9, 96, "a=rtpmap:x\na=rtpmap:97 H264\na=rtpmap:98 /\n" + H264)),
        offer(
            "a session-level direction",
            "422",
            "a=sendonly\n",
            media("video", 9, 96, H264).replace("a=recvonly\n", "")),
        offer(
            "a group that names nobody",
            "sendonly 0",
            "a=group:BUNDLE\n",
            video(0, H264),
            audio(1, OPUS)),
        offer("two ICE-lite sides", "422", "a=ice-lite\n", video(0, H264)),
        offer("a passive peer", "sendonly", "", video(0, H264).replace("actpass", "passive")),
        offer("a peer that holds", "422", "", video(0, H264).replace("actpass", "holdconn")),
        offer("plain RTP", "422", "", video(0, H264).replace("UDP/TLS/RTP/SAVPF", "RTP/AVP")),
        offer("two m-lines of one name", "400", BUNDLE, video(0, H264), audio(0, OPUS)),
        offer("a short password", "400", "", video(0, H264).replaceAll("pwd:.*", "pwd:short")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("offers")
  void shouldAnswer(String what, String offer, String expected) {
    assertThat(outcome(offer)).isEqualTo(expected);
    assertThat(outcome(offer.replace("\n", "\r\n"))).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("offers")
  void shouldSayWhyNothingIsSentWhereNothingIs(String what, String offer, String expected)
      throws Exception {
    if (expected.startsWith("4")) {
      return;
    }
    Negotiation negotiation = answer(offer);
    List<String> outcomes = List.of(expected.split(" "));

    assertThat(negotiation.refusals().stream().map(MediaRefusal::index))
        .containsExactlyElementsOf(
            Stream.iterate(0, i -> i < outcomes.size(), i -> i + 1)
                .filter(i -> !outcomes.get(i).equals("sendonly"))
                .toList());
    assertThat(negotiation.refusals())
        .allSatisfy(refusal -> assertThat(refusal.reason()).matches("[ -~]+"));
  }

  private static String outcome(String offer) {
    try {
      return SessionDescription.parse(answer(offer).answer()).media().stream()
          .map(media -> media.port() == 0 ? "0" : direction(media))
          .collect(Collectors.joining(" "));
    } catch (SdpException e) {
      return "400";
    } catch (UnservableOfferException e) {
      return "422";
    }
  }

  private static Negotiation answer(String offer) throws SdpException, UnservableOfferException {
    return Answerer.answer(
        SessionDescription.parse(offer), Locals.with(Locals.VIDEO, Locals.AUDIO));
  }

  private static String direction(MediaDescription media) {
    return Stream.of(Direction.values())
        .map(Direction::attribute)
        .filter(media.lines()::has)
        .collect(Collectors.joining());
  }

  private static Arguments offer(String what, String expected, String session, String... media) {
    return Arguments.of(what, SESSION + session + String.join("", media), expected);
  }

  private static String video(int mid, String formats) {
    return media("video", 9, 96, "a=mid:" + mid + '\n' + formats);
  }

  private static String audio(int mid, String formats) {
    return media("audio", 9, 111, "a=mid:" + mid + '\n' + formats);
  }

  private static String media(String kind, int port, int payloadType, String lines) {
    return "m="
        + kind
        + ' '
        + port
        + " UDP/TLS/RTP/SAVPF "
        + payloadType
        + " 97 98\na=recvonly\n"
        + "a=rtcp-mux\n"
        + TRANSPORT
        + lines;
  }

  private static String mode(String packetizationMode) {
    return H264.replace("mode=1", "mode=" + packetizationMode);
  }
}
