package dev.sluice.whep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WhepOptionsTest {

  @Test
  void shouldLinkIceServersAsInTheRfc() {
    // RFC 9725 section 4.6, figure 5
    WhepOptions options =
        WhepOptions.builder()
            .iceServer(new IceServer("stun:stun.example.net"))
            .iceServer(
                new IceServer("turn:turn.example.net?transport=udp", "user", "my\"Pass\\word"))
            .build();

    assertThat(options.link())
        .isEqualTo(
            "<stun:stun.example.net>; rel=\"ice-server\", "
                + "<turn:turn.example.net?transport=udp>; rel=\"ice-server\"; "
                + "username=\"user\"; credential=\"my\\\"Pass\\\\word\"");
    assertThat(WhepOptions.builder().build().link()).isEmpty();
  }

  @Test
  void shouldRefuseWhatDoesNotFitAHeaderField() {
    assertRefused(() -> new IceServer("http://example.net"));
    assertRefused(() -> new IceServer("stun:a>; rel=x"));
    assertRefused(() -> new IceServer("stun:a\r\nX: y"));
    assertRefused(() -> new IceServer("turn:a", "user", null));
    assertRefused(() -> new IceServer("turn:a", "user", "a\r\nb"));
    assertRefused(() -> WhepOptions.builder().allowedOrigin("a\r\nb"));
    assertRefused(() -> WhepOptions.builder().allowedOrigin(""));
    assertRefused(() -> WhepOptions.builder().pathPrefix("live"));
    assertRefused(() -> WhepOptions.builder().pathPrefix("/live/"));
    assertRefused(() -> WhepOptions.builder().pathSuffix("a/b"));
    assertRefused(() -> WhepOptions.builder().pathSuffix(""));
  }

  @Test
  void shouldNotShowACredential() {
    assertThat(new IceServer("turn:a", "user", "secret").toString()).doesNotContain("secret");
  }

  private static void assertRefused(Runnable action) {
    assertThatThrownBy(action::run).isInstanceOf(IllegalArgumentException.class);
  }
}
