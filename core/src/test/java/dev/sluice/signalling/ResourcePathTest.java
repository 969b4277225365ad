package dev.sluice.signalling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.Viewer;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResourcePathTest {

  private static final SignallingOptions<Viewer> PLAIN = options().build();

  @Test
  void shouldTellTheEndpointFromASession() {
    assertThat(parse("/cam/whep")).isEqualTo(new ResourcePath("cam", null));
    assertThat(parse("/cam/whep/0-_Az")).isEqualTo(new ResourcePath("cam", "0-_Az"));
    assertThat(parse("/cam/whep?token=a/b/whep/c")).isEqualTo(new ResourcePath("cam", null));
  }

  @Test
  void shouldTakeAnyStreamName() {
    assertThat(parse("/site/1/cam/whep")).isEqualTo(new ResourcePath("site/1/cam", null));
    assertThat(parse("/site/1/whep/x")).isEqualTo(new ResourcePath("site/1", "x"));
    assertThat(parse("/a%20b%2Fc%C3%BC+/whep")).isEqualTo(new ResourcePath("a b/c\u00fc+", null));
    assertThat(parse("/whep/whep")).isEqualTo(new ResourcePath("whep", null));
  }

  @Test
  void shouldTakeAnotherLayout() {
    SignallingOptions<Viewer> live = options().pathPrefix("/api/live").pathSuffix("play").build();

    assertThat(ResourcePath.parse("/api/live/cam/play", live))
        .isEqualTo(new ResourcePath("cam", null));
    assertThat(ResourcePath.parse("/api/live/cam/play/id", live))
        .isEqualTo(new ResourcePath("cam", "id"));
    assertThat(ResourcePath.parse("/cam/play", live)).isNull();
    assertThat(ResourcePath.parse("/api/lively/cam/play", live)).isNull();
    assertThat(ResourcePath.parse("/api/live/play", live)).isNull();
  }

  @Test
  void shouldTakeNothingElse() {
    for (String path :
        new String[] {
          "", "/", "whep", "/whep", "/cam", "/cam/whepp", "/cam/xwhep", "/cam/whep/a/b", "cam/whep"
        }) {
      assertThat(parse(path)).as(path).isNull();
    }
  }

  @Test
  void shouldSayWhatIsWrongWithAName() {
    for (String name : new String[] {"", "a/", "%c3", "a b", "\u00fc", "a\r\nX: y"}) {
      assertThatIllegalArgumentException().isThrownBy(() -> parse("/" + name + "/whep"));
    }
  }

  @Test
  void shouldTakeAnySoupOfCharacters() {
    Random random = new Random(3986);
    String alphabet = "/whep%2F?#.c3\u0000\r";
    for (int i = 0; i < 50_000; i++) {
      StringBuilder path = new StringBuilder();
      for (int n = random.nextInt(20); n > 0; n--) {
        path.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      path.append(random.nextBoolean() ? "/whep" : "/whep/x");
      try {
        ResourcePath parsed = parse(path.toString());
        assertThat(parsed == null || !parsed.stream().isEmpty()).isTrue();
      } catch (IllegalArgumentException expected) {
        assertThat(expected).hasMessageMatching("[ -~]+");
      }
    }
  }

  private static @Nullable ResourcePath parse(String path) {
    return ResourcePath.parse(path, PLAIN);
  }

  private static SignallingOptions.Builder<Viewer> options() {
    return SignallingOptions.builder("whep");
  }
}
