package dev.sluice.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.sluice.StreamName;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever headers, URIs and descriptions say, they are read or refused. */
class RtspTextFuzzTest {
  private static final int LONGEST_NAME = 255;

  static Stream<byte[]> headers() {
    return bytes(
        "RTP/AVP/TCP;unicast;interleaved=0-1;mode=record,RTP/AVP;unicast;client_port=5000-5001",
        "RTP/AVP;unicast;source=192.0.2.1;client_port=5000-5001;server_port=6000-6001;ssrc=ab",
        "Digest username=\"u\", realm=\"r\", nonce=\"n\", uri=\"/\", response=\"ab\", qop=auth,"
            + " nc=00000001, cnonce=\"c\", algorithm=SHA-256",
        "Basic dXNlcjpwYXNz");
  }

  @MethodSource("headers")
  @FuzzTest
  void shouldReadAnyHeader(byte @NotNull [] bytes) {
    String header = new String(bytes, StandardCharsets.UTF_8);
    TransportSpec.parse(header, TransportSpec.RECORD);
    TransportSpec.parse(header, TransportSpec.PLAY);
    TransportSpec.parseAnswer(header);
    AuthParameters.parse(header);
    BasicCredentials basic = BasicCredentials.parse(header);
    assertThat(basic != null && basic.isPassword(header)).isFalse();
    DigestCredentials digest = DigestCredentials.parse(header, "DESCRIBE");
    assertThat(digest != null && digest.isPassword(header)).isFalse();
  }

  static Stream<byte[]> uris() {
    return bytes(
        "rtsp://user:pass@192.0.2.1:8554/live/cam?x=1",
        "rtsp://[2001:db8::1]/%C3%BCber/track=0",
        "RTSPS://host//name/",
        "live/c%61m");
  }

  @MethodSource("uris")
  @FuzzTest
  void shouldReadAnyUri(byte @NotNull [] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    RtspUri.parse(text);
    PullUrl.parse(text);
    PullUrl.resolve("rtsp://192.0.2.1/cam", text);
    try {
      String name = StreamName.ofPath(text);
      assertThat(StreamName.of(name)).isEqualTo(name);
      assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(LONGEST_NAME);
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageMatching("(?s).+");
    }
  }

  static Stream<byte[]> descriptions() {
    return bytes(
        """
        v=0
        c=IN IP4 127.0.0.1
        m=video 5004 RTP/AVP 96
        a=rtpmap:96 H264/90000
        a=fmtp:96 packetization-mode=1; sprop-parameter-sets=Z0LADdoFB+wEQAAAAwBAAAAPI8UKqA==
        a=rtcp:5005
        m=audio 5006 RTP/AVP 0
        c=IN IP6 ff02::1/127
        """);
  }

  @MethodSource("descriptions")
  @FuzzTest
  void shouldReadOrRefuseAnyDescription(byte @NotNull [] bytes) {
    try {
      DescribedSource source = DescribedSource.parse(new String(bytes, StandardCharsets.UTF_8));
      assertThat(source.ports()).isNotEmpty();
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageStartingWith("sdp: ");
    }
  }

  private static Stream<byte[]> bytes(String... texts) {
    return Stream.of(texts).map(text -> text.getBytes(StandardCharsets.UTF_8));
  }
}
