package dev.sluice.whep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WhepPathTest {

  private static final WhepOptions PLAIN = WhepOptions.builder().build();

  @Test
  void shouldTellTheEndpointFromASession() {
    assertThat(parse("/cam/whep")).isEqualTo(new WhepPath("cam", null));
    assertThat(parse("/cam/whep/0-_Az")).isEqualTo(new WhepPath("cam", "0-_Az"));
    assertThat(parse("/cam/whep?token=a/b/whep/c")).isEqualTo(new WhepPath("cam", null));
  }

  @Test
  void shouldTakeAnyStreamName() {
    assertThat(parse("/site/1/cam/whep")).isEqualTo(new WhepPath("site/1/cam", null));
    assertThat(parse("/site/1/whep/x")).isEqualTo(new WhepPath("site/1", "x"));
    assertThat(parse("/a%20b%2Fc%C3%BC+/whep")).isEqualTo(new WhepPath("a b/c\u00fc+", null));
    assertThat(parse("/whep/whep")).isEqualTo(new WhepPath("whep", null));
  }

  @Test
  void shouldTakeAnotherLayout() {
    WhepOptions live = WhepOptions.builder().pathPrefix("/api/live").pathSuffix("play").build();

    assertThat(WhepPath.parse("/api/live/cam/play", live)).isEqualTo(new WhepPath("cam", null));
    assertThat(WhepPath.parse("/api/live/cam/play/id", live)).isEqualTo(new WhepPath("cam", "id"));
    assertThat(WhepPath.parse("/cam/play", live)).isNull();
    assertThat(WhepPath.parse("/api/lively/cam/play", live)).isNull();
    assertThat(WhepPath.parse("/api/live/play", live)).isNull();
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
        WhepPath parsed = parse(path.toString());
        assertThat(parsed == null || !parsed.stream().isEmpty()).isTrue();
      } catch (IllegalArgumentException expected) {
        assertThat(expected).hasMessageMatching("[ -~]+");
      }
    }
  }

  private static @Nullable WhepPath parse(String path) {
    return WhepPath.parse(path, PLAIN);
  }
}
