package dev.sluice.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RtspUriTest {

  private static RtspUri uri(String text) {
    return Objects.requireNonNull(RtspUri.parse(text), text);
  }

  @Test
  void shouldReadAParameterOfTheQuery() {
    assertThat(uri("rtsp://host/a?rendition=low").parameter("rendition")).isEqualTo("low");
    assertThat(uri("/a?token=b&rendition=l%6Fw/").parameter("rendition")).isEqualTo("low");
    assertThat(uri("/a?rendition=low&rendition=high").parameter("rendition")).isEqualTo("low");
    assertThat(uri("/a?rendition=").parameter("rendition")).isEmpty();
    assertThat(uri("/a?b=rendition=low&Rendition=low").parameter("rendition")).isNull();
    assertThat(uri("/rendition=low").parameter("rendition")).isNull();
  }

  @Test
  void shouldReadPathAndQuery() {
    assertThat(uri("rtsp://host:8554/a/b?c=d")).isEqualTo(new RtspUri("a/b", "c=d"));
    assertThat(uri("RTSP://user:p%40ss@host/a/")).isEqualTo(new RtspUri("a", ""));
    assertThat(uri("rtsp://[::1]:8554/a?x=/y?z")).isEqualTo(new RtspUri("a", "x=/y?z"));
    assertThat(uri("/a/b?c")).isEqualTo(new RtspUri("a/b", "c"));
    assertThat(uri("rtsp://host//a///b//")).isEqualTo(new RtspUri("a/b", ""));
    assertThat(uri("rtsps://host")).isEqualTo(new RtspUri("", ""));
    assertThat(uri("rtsp://host?q/")).isEqualTo(new RtspUri("", "q/"));
    for (String none : List.of("", "*", "http://host/a", "rtsp:/host/a", "rtsp:///a", "rtsp://")) {
      assertThat(RtspUri.parse(none)).as(none).isNull();
    }
  }

  @Test
  void shouldNotShowTheQuery() {
    assertThat(uri("rtsp://user:secret@host/a?token=secret").toString()).isEqualTo("/a");
  }

  @Test
  void shouldResolveControls() {
    RtspUri base = uri("rtsp://host/live/cam");
    assertThat(uri("rtsp://host/live/cam/track=1").isControl(base, "track=1")).isTrue();
    assertThat(uri("rtsp://host/live/cam/track=1/").isControl(base, "track=1")).isTrue();
    assertThat(uri("rtsp://host/live/cam/track=1?a=b").isControl(base, "track=1")).isTrue();
    assertThat(uri("rtsp://host/live/cam/track=10").isControl(base, "track=1")).isFalse();
    assertThat(uri("rtsp://host/live/other/track=1").isControl(base, "track=1")).isFalse();
    assertThat(uri("rtsp://host/live/cam/t?k=1").isControl(base, "t?k=1")).isTrue();
    assertThat(uri("rtsp://name/x/y").isControl(base, "rtsp://host:554/x/y")).isTrue();
    assertThat(uri("rtsp://host/live/cam/").isControl(base, "")).isTrue();
    assertThat(uri("rtsp://host/live/cam").isControl(base, "*")).isTrue();
    RtspUri secret = uri("rtsp://host/live/cam?key=1");
    assertThat(uri("rtsp://host/live/cam?key=1/track=1").isControl(secret, "track=1")).isTrue();
    assertThat(uri("rtsp://host/live/cam/track=1?key=1").isControl(secret, "track=1")).isTrue();
  }

  @Test
  void shouldFindControlsBehindSlashesTooMany() {
    RtspUri base = uri("rtsp://host/f1/");
    assertThat(uri("rtsp://host/f1//streamid=0").isControl(base, "streamid=0")).isTrue();
    assertThat(uri("rtsp://host/f1/streamid=0").isControl(base, "/streamid=0")).isTrue();
    assertThat(uri("rtsp://host/f1/streamid=0").isControl(base, "/f1/streamid=0")).isTrue();
    assertThat(uri("rtsp://host//f1").isControl(base, "*")).isTrue();
    RtspUri secret = uri("rtsp://host/f1/?k=1");
    assertThat(uri("rtsp://host/f1/?k=1//streamid=0").isControl(secret, "streamid=0")).isTrue();
  }

  @Test
  void shouldDecodeOnceAndSpellOneWay() {
    assertThat(uri("rtsp://host/%C3%BCber%20den/%E4%B8%AD").path()).isEqualTo("über den/中");
    assertThat(uri("rtsp://host/über").path()).isEqualTo("über");
    assertThat(uri("rtsp://host/u%CC%88ber").path()).isEqualTo("über");
    assertThat(uri("rtsp://host/%2525").path()).isEqualTo("%25");
    assertThat(uri("rtsp://host/100%/%4").path()).isEqualTo("100%/%4");
    assertThat(uri("rtsp://host/a%2Fb%2f").path()).isEqualTo("a/b");
    assertThat(uri("rtsp://host/ü/t%201").isControl(uri("rtsp://host/%C3%BC"), "t 1")).isTrue();
  }

  @Test
  void shouldSurviveAnything() {
    String alphabet = "rtsp:/?*=ab.%@[]";
    Random random = new Random(6);
    RtspUri base = uri("rtsp://host/a?b");
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "rtsp://" : "");
      for (int i = random.nextInt(20); i > 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      RtspUri parsed = RtspUri.parse(text.toString());
      if (parsed != null) {
        assertThat(parsed.path()).doesNotContain("//").doesNotStartWith("/").doesNotEndWith("/");
        parsed.isControl(base, text.toString());
      }
    }
  }
}
