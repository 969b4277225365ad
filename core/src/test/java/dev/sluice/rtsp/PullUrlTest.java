package dev.sluice.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PullUrlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rtsp://camera | camera | 554 | rtsp://camera",
        "RTSP://camera:8554/a/b?c=d/e | camera | 8554 | rtsp://camera:8554/a/b?c=d/e",
        "rtsp://192.0.2.1:554/x | 192.0.2.1 | 554 | rtsp://192.0.2.1/x",
        "rtsp://[2001:db8::1]:9/x | 2001:db8::1 | 9 | rtsp://[2001:db8::1]:9/x",
        "rtsp://u:p@camera?x=[1] | camera | 554 | rtsp://camera?x=[1]",
      })
  void shouldReadUrls(String url, String host, int port, String uri) {
    PullUrl parsed = PullUrl.parse(url);
    assertThat(parsed.host()).isEqualTo(host);
    assertThat(parsed.port()).isEqualTo(port);
    assertThat(parsed.uri()).isEqualTo(uri);
    assertThat(parsed).hasToString(host + ":" + port);
  }

  @ParameterizedTest
  @CsvSource({
    "me:secret, me, secret",
    "me:p%40ss%2Fword+1, me, p@ss/word+1",
    "m@e:a:b@c, m@e, a:b@c",
    "me, me, ''",
    "me:100%, me, 100%",
  })
  void shouldReadUserAndPassword(String userInfo, String user, String password) {
    PullUrl parsed = PullUrl.parse("rtsp://" + userInfo + "@camera/x");
    assertThat(parsed.userInfo()).isEqualTo(new PullUrl.UserInfo(user, password));
    assertThat(parsed.userInfo()).hasToString(user);
    assertThat(parsed.uri()).isEqualTo("rtsp://camera/x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rtsp://",
        "rtsp:///x",
        "http://camera/x",
        "rtsps://camera/x",
        "rtsp://camera:0/x",
        "rtsp://camera:65536/x",
        "rtsp://camera:x/y",
        "rtsp://a b/x",
        "rtsp://camera/x\r\nCSeq: 1",
        "rtsp://[::1/x",
        "camera/x",
        "rtsp://me:secret%0d%0aX@camera/x",
      })
  void shouldRefuseWhatIsNoUrlOfRtsp(String url) {
    assertThat(PullUrl.parse(url)).isNull();
    assertThatThrownBy(() -> RtspPull.builder(null, "cam", url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("url is of another form, allowed is rtsp://host:port/path?query");
  }
}
