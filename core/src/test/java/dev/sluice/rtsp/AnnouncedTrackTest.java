package dev.sluice.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.TrackDescription;
import dev.sluice.codec.Codec;
import dev.sluice.codec.H264Parameters;
import dev.sluice.codec.OpusParameters;
import dev.sluice.sdp.SdpException;
import dev.sluice.sdp.SessionDescription;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnouncedTrackTest {

  private static List<AnnouncedTrack> parse(String... lines) throws SdpException {
    return AnnouncedTrack.of(
        SessionDescription.parse("v=0\r\n" + String.join("\r\n", lines) + "\r\n"));
  }

  private static TrackDescription description(AnnouncedTrack track) {
    return Objects.requireNonNull(track.description());
  }

  @Test
  void shouldReadWhatIsRelayed() throws SdpException {
    List<AnnouncedTrack> tracks =
        parse(
            "m=audio 0 RTP/AVP 96",
            "a=rtpmap:96 OPUS/48000/2",
            "a=control:stream=1",
            "m=video 0 RTP/AVPF 98 99",
            "a=rtpmap:98 MP4V-ES/90000",
            "a=rtpmap:99 h264/90000",
            "a=fmtp:99 packetization-mode=0",
            "a=control:stream=0");
    assertThat(tracks).extracting(AnnouncedTrack::control).containsExactly("stream=1", "stream=0");
    assertThat(tracks).extracting(AnnouncedTrack::payloadType).containsExactly(96, 99);
    assertThat(tracks).extracting(AnnouncedTrack::clockRate).containsExactly(48_000, 90_000);
    assertThat(tracks).extracting(AnnouncedTrack::isVideo).containsExactly(false, true);
    assertThat(((OpusParameters) description(tracks.get(0)).parameters()).channels()).isEqualTo(1);
    assertThat(((H264Parameters) description(tracks.get(1)).parameters()).parameterSets())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0,PCMU", "8,PCMA", "9,G722"})
  void shouldKnowStaticPayloadTypesWithoutRtpmap(int payloadType, Codec codec) throws SdpException {
    AnnouncedTrack track = parse("m=audio 0 RTP/AVP " + payloadType).get(0);

    assertThat(description(track).codec()).isEqualTo(codec);
    assertThat(track.payloadType()).isEqualTo(payloadType);
    assertThat(track.clockRate()).isEqualTo(8_000);
  }

  @Test
  void shouldPassTelephoneEventsBy() throws SdpException {
    AnnouncedTrack track =
        parse("m=audio 0 RTP/AVP 101 8", "a=rtpmap:101 telephone-event/8000").get(0);

    assertThat(track.payloadType()).isEqualTo(8);
  }

  @Test
  void shouldRelayTheFirstTrackOfEachCodec() throws SdpException {
    List<AnnouncedTrack> tracks =
        parse(
            "m=video 0 RTP/AVP 96", "a=rtpmap:96 H264/90000",
            "m=video 0 RTP/AVP 97", "a=rtpmap:97 H264/90000");
    assertThat(tracks).extracting(AnnouncedTrack::isRelayed).containsExactly(true, false);
  }

  @Test
  void shouldNotRelayAnythingElse() throws SdpException {
    for (String[] lines :
        List.of(
            new String[] {"m=video 0 RTP/AVP 96", "a=rtpmap:96 MP4V-ES/90000"},
            new String[] {"m=video 0 RTP/AVP 96", "a=rtpmap:96 H264/45000"},
            new String[] {"m=video 0 RTP/AVP 96"},
            new String[] {"m=video 0 RTP/SAVP 96", "a=rtpmap:96 H264/90000"},
            new String[] {"m=audio 0 RTP/AVP 96", "a=rtpmap:96 H264/90000"},
            new String[] {
              "m=video 0 RTP/AVP 96", "a=rtpmap:96 H264/90000", "a=fmtp:96 packetization-mode=2"
            },
            new String[] {"m=audio 0 RTP/AVP 3"},
            new String[] {"m=video 0 RTP/AVP 0"},
            new String[] {"m=audio 0 RTP/AVP 0", "a=rtpmap:0 L16/44100"},
            new String[] {"m=audio 0 RTP/AVP 101", "a=rtpmap:101 telephone-event/8000"},
            new String[] {"m=audio 0 RTP/AVP 97", "a=rtpmap:97 MPEG4-GENERIC/48000/2"})) {
      assertThat(parse(lines))
          .singleElement()
          .extracting(AnnouncedTrack::isRelayed)
          .isEqualTo(false);
    }
  }

  @Test
  void shouldTakeProtocolsThatMeanTheSame() throws SdpException {
    for (String protocol :
        List.of("RTP/AVP", "rtp/avp", "RTP/AVP/TCP", "RTP/AVPF", "RTP/AVPF/UDP", "TCP/RTP/AVP")) {
      assertThat(parse("m=video 0 " + protocol + " 96", "a=rtpmap:96 H264/90000"))
          .as(protocol)
          .allMatch(AnnouncedTrack::isRelayed);
    }
  }

  @Test
  void shouldSayWhatToChangeAtTheEncoder() throws SdpException {
    List<AnnouncedTrack> tracks =
        parse(
            "m=video 0 RTP/AVP 96",
            "a=rtpmap:96 theora/90000",
            "m=video 0 RTP/AVP 26",
            "m=audio 0 RTP/AVP 97",
            "a=rtpmap:97 MPEG4-GENERIC/48000/2",
            "m=video 0 RTP/SAVP 96",
            "a=rtpmap:96 H264/90000",
            "m=application 0 RTP/AVP 98",
            "a=rtpmap:98 vnd.onvif.metadata/90000",
            "m=video 0 RTP/AVP 96",
            "a=rtpmap:96 H264/90000",
            "m=video 0 RTP/AVP 96",
            "a=rtpmap:96 H264/90000",
            "m=audio 0 RTP/AVP 8");
    List<String> refusals = tracks.stream().map(AnnouncedTrack::refusal).toList();
    assertThat(refusals.get(0)).startsWith("theora video is not relayed, set the encoder to H264");
    assertThat(refusals.get(1)).startsWith("JPEG video is not relayed, set the encoder to H264");
    assertThat(refusals.get(2))
        .startsWith("MPEG4-GENERIC audio is not relayed, set the encoder to OPUS");
    assertThat(refusals.subList(3, 7))
        .containsExactly(
            "encrypted media (RTP/SAVP) is not taken, send RTP/AVP",
            "a track of type application is not relayed",
            "",
            "a second video track is not relayed, publish it under a name of its own");
  }

  @Test
  void shouldKnowASecondTrackWithoutRtpmap() throws SdpException {
    assertThat(parse("m=audio 0 RTP/AVP 8", "m=audio 0 RTP/AVP 0").get(1).refusal())
        .isEqualTo("a second audio track is not relayed, publish it under a name of its own");
  }

  @Test
  void shouldLeaveOutFormatsThatAreMalformed() throws SdpException {
    List<AnnouncedTrack> tracks =
        parse(
            "m=application 0 RTP/AVP 107",
            "a=rtpmap:107 vnd.onvif.metadata",
            "m=audio 0 RTP/AVP 200",
            "a=rtpmap:200 opus/48000",
            "m=video 0 RTP/AVP 97 96",
            "a=rtpmap:97 FOO",
            "a=rtpmap:96 H264/90000");
    assertThat(tracks).extracting(AnnouncedTrack::isRelayed).containsExactly(false, false, true);
    assertThat(tracks.get(2).payloadType()).isEqualTo(96);
  }

  @Test
  void shouldLeaveOutParameterSetsThatAreNone() throws SdpException {
    List<AnnouncedTrack> tracks =
        parse(
            "m=video 0 RTP/AVP 96",
            "a=rtpmap:96 H264/90000",
            "a=fmtp:96 sprop-parameter-sets=!!,,Z0LACtoR7ARAAAADAEAAAAUjxImo,aM4PyA==");
    assertThat(((H264Parameters) description(tracks.get(0)).parameters()).parameterSets())
        .hasSize(2);
  }

  @Test
  void shouldBoundTheNumberOfTracks() {
    String[] lines = new String[AnnouncedTrack.MAX_TRACKS + 1];
    java.util.Arrays.fill(lines, "m=audio 0 RTP/AVP 0");
    assertThatThrownBy(() -> parse(lines)).isInstanceOf(SdpException.class);
  }
}
