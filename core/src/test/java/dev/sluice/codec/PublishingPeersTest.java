package dev.sluice.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ice.IceCredentials;
import dev.sluice.sdp.Answerer;
import dev.sluice.sdp.Direction;
import dev.sluice.sdp.Feedback;
import dev.sluice.sdp.HeaderExtension;
import dev.sluice.sdp.LocalDescription;
import dev.sluice.sdp.LocalTrack;
import dev.sluice.sdp.NegotiatedTrack;
import dev.sluice.sdp.Negotiation;
import dev.sluice.sdp.OfferTexts;
import dev.sluice.sdp.SessionDescription;
import dev.sluice.srtp.dtls.Fingerprint;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is taken of the offers that software for publishing makes. */
class PublishingPeersTest {
  private static final String FINGERPRINT = "sha-256 01" + ":23".repeat(31);

  /** as libdatachannel writes it for OBS: no header extensions, no RTX, transport at each m-line */
  private static final String OBS =
      """
      v=0
      o=rtc 3767197920 0 IN IP4 127.0.0.1
      s=-
      t=0 0
      a=group:BUNDLE 0 1
      a=group:LS 0 1
      a=msid-semantic:WMS *
      a=ice-options:ice2,trickle
      a=fingerprint:%1$s
      m=audio 44323 UDP/TLS/RTP/SAVPF 111
      c=IN IP4 192.0.2.1
      a=mid:0
      a=sendonly
      a=ssrc:1311223344 cname:obs
      a=rtcp-mux
      a=rtpmap:111 opus/48000/2
      a=fmtp:111 minptime=10;maxaveragebitrate=96000;stereo=1;sprop-stereo=1;useinbandfec=1
      a=setup:actpass
      a=ice-ufrag:Bt0p
      a=ice-pwd:RLkZ4Y6cFn9sUeQwJ3aXoH
      a=candidate:1 1 UDP 2122317823 192.0.2.1 44323 typ host
      m=video 44323 UDP/TLS/RTP/SAVPF 96
      c=IN IP4 192.0.2.1
      a=mid:1
      a=sendonly
      a=ssrc:1311223345 cname:obs
      a=rtcp-mux
      a=rtpmap:96 H264/90000
      a=rtcp-fb:96 nack
      a=rtcp-fb:96 nack pli
      a=rtcp-fb:96 goog-remb
      a=fmtp:96 profile-level-id=42e01f;packetization-mode=1;level-asymmetry-allowed=1
      a=setup:actpass
      a=ice-ufrag:Bt0p
      a=ice-pwd:RLkZ4Y6cFn9sUeQwJ3aXoH
      """
          .formatted(FINGERPRINT);

  /** as ffmpeg writes it when it is the DTLS client: no feedback at all */
  private static final String FFMPEG =
      """
      v=0
      o=FFmpeg 4489045141692799359 2 IN IP4 127.0.0.1
      s=FFmpegPublishSession
      t=0 0
      a=group:BUNDLE 0 1
      a=extmap-allow-mixed
      a=msid-semantic: WMS
      m=audio 9 UDP/TLS/RTP/SAVPF 111
      c=IN IP4 0.0.0.0
      a=ice-ufrag:a174B0a1
      a=ice-pwd:c0b7b3a2d1e4f5a69788796a5b4c3d2e
      a=fingerprint:%1$s
      a=setup:active
      a=mid:0
      a=sendonly
      a=rtcp-mux
      a=rtpmap:111 opus/48000/2
      a=ssrc:2321 cname:FFmpeg
      m=video 9 UDP/TLS/RTP/SAVPF 106
      c=IN IP4 0.0.0.0
      a=ice-ufrag:a174B0a1
      a=ice-pwd:c0b7b3a2d1e4f5a69788796a5b4c3d2e
      a=fingerprint:%1$s
      a=setup:active
      a=mid:1
      a=sendonly
      a=rtcp-mux
      a=rtcp-rsize
      a=rtpmap:106 H264/90000
      a=fmtp:106 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42c01f
      a=ssrc:2322 cname:FFmpeg
      """
          .formatted(FINGERPRINT);

  @Test
  void shouldTakeWhatObsSends() throws Exception {
    List<NegotiatedTrack> tracks = answer(OBS).tracks();
    assertThat(codecs(tracks))
        .containsExactly(
            new AnnouncedFormat(Codec.OPUS, new OpusParameters(2)),
            new AnnouncedFormat(Codec.H264, new H264Parameters(List.of())));
    assertThat(tracks.get(1).feedback()).containsExactlyInAnyOrder(Feedback.NACK, Feedback.PLI);
    assertThat(tracks.get(1).hasRtx()).isFalse();
  }

  @Test
  void shouldTakeWhatFfmpegSends() throws Exception {
    Negotiation negotiation = answer(FFMPEG);
    assertThat(codecs(negotiation.tracks()))
        .extracting(AnnouncedFormat::codec)
        .containsExactly(Codec.OPUS, Codec.H264);
    assertThat(negotiation.answer()).contains("a=setup:passive").doesNotContain("a=rtcp-fb");
  }

  @Test
  void shouldTakeWhatGstreamerSends() throws Exception {
    Negotiation negotiation = answer(OfferTexts.read("gstreamer-publishing.sdp"));
    NegotiatedTrack video = negotiation.tracks().get(0);
    assertThat(((H264Parameters) codecs(negotiation.tracks()).get(0).parameters()).parameterSets())
        .hasSize(2);
    assertThat(video.rtxPayloadType()).isEqualTo(97);
    assertThat(video.feedback())
        .as("without numbers there is no transport-wide feedback")
        .containsExactlyInAnyOrder(Feedback.NACK, Feedback.PLI);
    assertThat(negotiation.answer()).doesNotContain("sprop-");
  }

  @Test
  void shouldTakeTheFirstCodecOfThePeersThatCanBeRelayed() throws Exception {
    String chromium = OfferTexts.read("chromium.sdp").replace("a=recvonly", "a=sendonly");
    String first = chromium.replaceFirst("(m=video .*?SAVPF)", "$1 120 121");
    String offer =
        first.replaceFirst(
            "a=rtpmap", "a=rtpmap:120 AV2/90000\r\na=rtpmap:121 VP9/90000\r\na=rtpmap");
    assertThat(codecs(answer(offer).tracks()).get(0).codec()).isEqualTo(Codec.VP9);
  }

  private static List<AnnouncedFormat> codecs(List<NegotiatedTrack> tracks) {
    return tracks.stream()
        .map(
            track -> Objects.requireNonNull(AnnouncedFormat.of(track.track().id(), track.format())))
        .toList();
  }

  private static Negotiation answer(String offer) throws Exception {
    LocalDescription local =
        new LocalDescription(
            1,
            "stream",
            "cname",
            new IceCredentials("loca", "localpasswordlocalpasswd"),
            Objects.requireNonNull(Fingerprint.parse(FINGERPRINT)),
            List.of(),
            Direction.RECVONLY,
            Arrays.stream(MediaKind.values())
                .map(
                    kind ->
                        new LocalTrack(kind.media(), kind.media(), new RelayableFormat(kind), 0, 0))
                .toList(),
            EnumSet.of(Feedback.NACK, Feedback.PLI, Feedback.TRANSPORT_CC),
            Set.of(HeaderExtension.MID, HeaderExtension.TRANSPORT_CC));
    return Answerer.answer(SessionDescription.parse(offer), local);
  }
}
