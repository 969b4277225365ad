package dev.sluice.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SessionDescriptionTest {

  /** As ffmpeg announces H.264 and Opus over RTSP. */
  private static final String ANNOUNCE =
      """
      v=0
      o=- 0 0 IN IP4 127.0.0.1
      s=No Name
      c=IN IP4 127.0.0.1
      t=0 0
      a=tool:libavformat 59.27.100
      m=video 0 RTP/AVP 96
      b=AS:2000
      a=rtpmap:96 H264/90000
      a=fmtp:96 packetization-mode=1; sprop-parameter-sets=Z0LAHtkAoC/5,aMqDyyA=; profile-level-id=42C01E
      a=control:streamid=0
      m=audio 0/2 RTP/AVP 97 0
      a=rtpmap:97 opus/48000/2
      a=fmtp:97 sprop-stereo=1
      a=control:streamid=1
      """;

  @Test
  void shouldReadSessionAndMediaInTheirOrder() throws SdpException {
    SessionDescription sdp = SessionDescription.parse(ANNOUNCE);

    assertThat(sdp.session().line('s')).isEqualTo("No Name");
    assertThat(sdp.session().line('c')).isEqualTo("IN IP4 127.0.0.1");
    assertThat(sdp.session().attribute("tool")).isEqualTo("libavformat 59.27.100");
    assertThat(sdp.media()).extracting(MediaDescription::media).containsExactly("video", "audio");
    MediaDescription video = sdp.media().get(0);
    assertThat(video.protocol()).isEqualTo("RTP/AVP");
    assertThat(video.formats()).containsExactly("96");
    assertThat(video.lines().line('b')).isEqualTo("AS:2000");
    assertThat(video.lines().attribute("control")).isEqualTo("streamid=0");
    assertThat(sdp.media().get(1).port()).isZero();
  }

  @Test
  void shouldReadPayloadFormats() throws SdpException {
    SessionDescription sdp = SessionDescription.parse(ANNOUNCE);

    PayloadFormat h264 = sdp.media().get(0).payloadFormats().get(0);
    assertThat(h264.payloadType()).isEqualTo(96);
    assertThat(h264.is("h264", 90_000)).isTrue();
    assertThat(h264.is("H264", 8_000)).isFalse();
    assertThat(h264.channels()).isEqualTo(1);
    assertThat(h264.parameter("packetization-mode")).isEqualTo("1");
    assertThat(h264.parameter("sprop-parameter-sets")).isEqualTo("Z0LAHtkAoC/5,aMqDyyA=");
    assertThat(h264.parameter("profile-level-id")).isEqualTo("42C01E");
    assertThat(h264.parameter("max-br")).isNull();
    List<PayloadFormat> audio = sdp.media().get(1).payloadFormats();
    assertThat(audio).hasSize(2);
    assertThat(audio.get(0).is("OPUS", 48_000)).isTrue();
    assertThat(audio.get(0).channels()).isEqualTo(2);
    assertThat(audio.get(1).isStatic(0)).as("payload type 0 has no rtpmap").isTrue();
  }

  @Test
  void shouldLeaveDynamicPayloadTypesWithoutRtpmapOut() throws SdpException {
    String text = "v=0\nm=audio 9 RTP/AVP 96 9 x 127 128 0 9 0\na=rtpmap:0 L16/8000\na=rtpmap:x \n";

    assertThat(SessionDescription.parse(text).media().get(0).payloadFormats())
        .extracting(PayloadFormat::payloadType)
        .containsExactly(9, 0);
  }

  @Test
  void shouldReadFeedbackOfOnePayloadTypeAndOfAll() throws SdpException {
    String text =
        """
        v=0
        m=video 9 UDP/TLS/RTP/SAVPF 96 97
        a=rtpmap:96 VP8/90000
        a=rtpmap:97 H264/90000
        a=rtcp-fb:97 nack pli
        a=rtcp-fb:* ccm fir
        a=rtcp-fb:96 nack
        """;
    assertThat(SessionDescription.parse(text).media().get(0).payloadFormats())
        .extracting(PayloadFormat::feedback)
        .containsExactly(List.of("nack", "ccm fir"), List.of("nack pli", "ccm fir"));
  }

  @Test
  void shouldTellAttributesApartThatShareAPrefix() throws SdpException {
    SdpLines lines =
        SessionDescription.parse("v=0\na=rtcp:9 IN IP4 0.0.0.0\na=rtcp-mux\na=ssrc:1 cname:x\n")
            .session();

    assertThat(lines.attribute("rtcp")).isEqualTo("9 IN IP4 0.0.0.0");
    assertThat(lines.attribute("rtcp-mux")).isEmpty();
    assertThat(lines.has("rtcp-m")).isFalse();
    assertThat(lines.attributes("ssrc")).containsExactly("1 cname:x");
  }

  @Test
  void shouldFallBackToTheSessionForAnAttribute() throws SdpException {
    SessionDescription sdp =
        SessionDescription.parse(
            "v=0\na=setup:actpass\nm=a 9 P 1\na=setup:active\nm=b 9 P 1\na=mid:1\n");

    assertThat(sdp.attribute(sdp.media().get(0), "setup")).isEqualTo("active");
    assertThat(sdp.attribute(sdp.media().get(1), "setup")).isEqualTo("actpass");
    assertThat(sdp.attribute(sdp.media().get(0), "mid")).isNull();
    assertThat(sdp.media().get(1).mid()).isEqualTo("1");
  }

  @Test
  void shouldAcceptAnyLineEnd() throws SdpException {
    String written = SessionDescription.parse(ANNOUNCE).write();

    assertThat(SessionDescription.parse(ANNOUNCE.replace("\n", "\r\n")).write()).isEqualTo(written);
    assertThat(SessionDescription.parse(ANNOUNCE.replace("\n", "\r")).write()).isEqualTo(written);
    assertThat(SessionDescription.parse(ANNOUNCE.replace("\n", " \n\n") + "\r\n\r\n").write())
        .isEqualTo(written);
  }

  @Test
  void shouldWriteWhatItRead() throws SdpException {
    String text = ANNOUNCE.replace("0/2 RTP", "0 RTP").replace("\n", "\r\n");

    assertThat(SessionDescription.parse(text).write()).isEqualTo(text);
  }

  @Test
  void shouldSayWhatIsMalformed() {
    assertMalformed("", "v=0");
    assertMalformed("o=- 0 0 IN IP4 127.0.0.1\n", "v=0");
    assertMalformed("v=1\n", "v=0");
    assertMalformed("v=0\nhello\n", "line 2");
    assertMalformed("v=0\nm=video 9 RTP/AVP\n", "fewer than four");
    assertMalformed("v=0\nm=video 70000 RTP/AVP 96\n", "port");
    assertMalformed("v=0\nm=video -1 RTP/AVP 96\n", "port");
    assertMalformed("v=0\n" + "a=x\n".repeat(5_000), "lines");
    assertMalformed("v=0\na=" + "x".repeat(70_000), "longer");
  }

  @Test
  void shouldLeaveOutPayloadTypesWhoseRtpmapIsMalformed() throws SdpException {
    for (String map :
        List.of("96 H264", "96 H264/x", "96 H264/99999999999", "96 L16/44100/0", "300 L16/44100")) {
      String text =
          "v=0\nm=video 9 RTP/AVP 96 300 97\na=rtpmap:" + map + "\na=rtpmap:97 H264/90000\n";
      assertThat(SessionDescription.parse(text).media().get(0).payloadFormats())
          .as(map)
          .singleElement()
          .matches(format -> format.payloadType() == 97);
    }
  }

  @Test
  void shouldRefuseALineEndInALineToWrite() {
    assertThatThrownBy(() -> new SdpLines.Builder().attribute("mid", "0\r\na=x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldRaiseNothingButSdpExceptionOnMutatedText() {
    Random random = new Random(8866);
    for (int i = 0; i < 5_000; i++) {
      String text = Mutation.of(ANNOUNCE, random);
      try {
        SessionDescription sdp = SessionDescription.parse(text);
        assertThat(SessionDescription.parse(sdp.write())).isNotNull();
        for (MediaDescription media : sdp.media()) {
          media.payloadFormats();
        }
      } catch (SdpException expected) {
        assertThat(expected).hasMessageMatching("[ -~]+");
      }
    }
  }

  private static void assertMalformed(String text, String message) {
    assertThatThrownBy(() -> SessionDescription.parse(text))
        .isInstanceOf(SdpException.class)
        .hasMessageContaining(message);
  }
}
