package dev.sluice.whep;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhepUrlTest {
  private static final URI BASE = URI.create("https://relay.example/whep/cam?token=secret");

  @ParameterizedTest
  @CsvSource({
    "https://relay.example/s/1, https://relay.example/s/1",
    "/s/1, https://relay.example/s/1",
    "s/1, https://relay.example/whep/s/1",
    "//other.example:444/s, https://other.example:444/s",
    "' /s/1 ', https://relay.example/s/1",
    "http://relay.example/s/1, ",
    "ftp://relay.example/s, ",
    "https://user:secret@relay.example/s, ",
    "https://relay.example:65535/s, https://relay.example:65535/s",
    "https://relay.example:65536/s, ",
    "https://relay.example:0/s, ",
    "'::', ",
    ", "
  })
  void shouldFollowALocationThatIsNoLessSecure(String location, String expected) {
    assertThat(WhepUrl.resolve(BASE, location))
        .isEqualTo(expected == null ? null : URI.create(expected));
  }

  @Test
  void shouldFollowFromClearTextToTls() {
    assertThat(WhepUrl.resolve(URI.create("http://relay.example/"), "https://relay.example/"))
        .isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "https://RELAY.example:443/other, true",
    "https://relay.example:444/, false",
    "http://relay.example:443/, false",
    "https://other.example/, false"
  })
  void shouldTellOrigins(String url, boolean same) {
    assertThat(WhepUrl.isSameOrigin(BASE, URI.create(url))).isEqualTo(same);
  }

  @Test
  void shouldShowNoSecret() {
    assertThat(WhepUrl.shown(BASE)).isEqualTo("relay.example:443");
  }

  @Test
  void shouldBearAnyLocation() {
    Random random = new Random(9110);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "https://" : "");
      random.ints(random.nextInt(20), 0, 0x250).forEach(text::appendCodePoint);
      URI target = WhepUrl.resolve(BASE, text.toString());
      if (target != null) {
        assertThat(target.getHost()).isNotNull();
        WhepUrl.shown(target);
      }
    }
  }
}
