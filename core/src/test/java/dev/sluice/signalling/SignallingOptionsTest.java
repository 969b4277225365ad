package dev.sluice.signalling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.Viewer;
import org.junit.jupiter.api.Test;

class SignallingOptionsTest {

  @Test
  void shouldLinkIceServersAsInTheRfc() {
    // RFC 9725 section 4.6, figure 5
    SignallingOptions<Viewer> options =
        options()
            .iceServer(new IceServer("stun:stun.example.net"))
            .iceServer(
                new IceServer("turn:turn.example.net?transport=udp", "user", "my\"Pass\\word"))
            .build();

    assertThat(options.link())
        .isEqualTo(
            "<stun:stun.example.net>; rel=\"ice-server\", "
                + "<turn:turn.example.net?transport=udp>; rel=\"ice-server\"; "
                + "username=\"user\"; credential=\"my\\\"Pass\\\\word\"");
    assertThat(options().build().link()).isEmpty();
  }

  @Test
  void shouldRefuseWhatDoesNotFitAHeaderField() {
    assertRefused(() -> new IceServer("http://example.net"));
    assertRefused(() -> new IceServer("stun:a>; rel=x"));
    assertRefused(() -> new IceServer("stun:a\r\nX: y"));
    assertRefused(() -> new IceServer("turn:a", "user", null));
    assertRefused(() -> new IceServer("turn:a", "user", "a\r\nb"));
    assertRefused(() -> options().allowedOrigin("a\r\nb"));
    assertRefused(() -> options().allowedOrigin(""));
    assertRefused(() -> options().pathPrefix("live"));
    assertRefused(() -> options().pathPrefix("/live/"));
    assertRefused(() -> options().pathSuffix("a/b"));
    assertRefused(() -> options().pathSuffix(""));
  }

  @Test
  void shouldNotShowACredential() {
    assertThat(new IceServer("turn:a", "user", "secret").toString()).doesNotContain("secret");
  }

  private static void assertRefused(Runnable action) {
    assertThatThrownBy(action::run).isInstanceOf(IllegalArgumentException.class);
  }

  private static SignallingOptions.Builder<Viewer> options() {
    return SignallingOptions.builder("whep");
  }
}
