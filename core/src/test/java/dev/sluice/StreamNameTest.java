package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cam",
        "site/1/cam",
        "a b",
        "100%",
        "what?#",
        ".hidden/..x",
        "\u00fcber",
        "\u30ab\u30e1\u30e9/\u4e00",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\ud83d\udc69\u200d\ud83d\ude80"
      })
  void shouldTakeNamesOfAnyScript(String name) {
    assertThat(StreamName.of(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "u\u0308ber, \u00fcber",
    "\u1112\u1161\u11ab, \ud55c",
    "\u212b, \u00c5",
    "a\u0323\u0307, a\u0323\u0307"
  })
  void shouldHaveOneSpelling(String spelling, String expected) {
    String name = StreamName.of(spelling);

    assertThat(name).isEqualTo(StreamName.of(expected));
    assertThat(StreamName.of(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "%C3%BCber, \u00fcber",
    "u%CC%88ber, \u00fcber",
    "a%20b, a b",
    "a+b, a+b",
    "a%2Fb, a/b",
    "a%2fb, a/b",
    "100%2525, 100%25",
    "%F0%9F%98%80, \ud83d\ude00"
  })
  void shouldDecodeAPathOnce(String path, String name) {
    assertThat(StreamName.ofPath(path)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "'', not 0",
    "/cam, segment",
    "cam/, segment",
    "a//b, segment",
    ".., segment",
    "a/./b, segment",
    "%2e%2e/x, segment",
    "a%00b, U+0000",
    "a%0D%0Ab, U+000D",
    "a%C2%85, U+0085",
    "%E2%80%AEcam, U+202E",
    "cam%E2%81%A6, U+2066",
    "cam%E2%80%8B, U+200B",
    "a%EF%BB%BF, U+FEFF",
    "a%E2%80%A8b, U+2028",
    "a%EF%BF%BF, U+FFFF",
    "%, hexadecimal",
    "%2, hexadecimal",
    "%2g, hexadecimal",
    "%-1, hexadecimal",
    "%\uff10\uff11, hexadecimal",
    "%80, UTF-8",
    "%C3, UTF-8",
    "%C0%AF, UTF-8",
    "%ED%A0%80, UTF-8",
    "%F5%80%80%80, UTF-8",
    "a b, ASCII",
    "\u00fc, ASCII"
  })
  void shouldSayWhyAPathHasNoName(String path, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StreamName.ofPath(path))
        .withMessageContaining(reason)
        .withMessageMatching("[ -~]+");
  }

  @Test
  void shouldRefuseHalfACharacterAndWhatIsTooLong() {
    for (String name : List.of("\ud83d", "x\ude00y", "x".repeat(256), "x".repeat(100_000))) {
      assertThatIllegalArgumentException().isThrownBy(() -> StreamName.of(name));
    }
    assertThat(StreamName.of("x".repeat(255))).hasSize(255);
    assertThat(StreamName.of("u\u0308".repeat(255))).hasSize(255);
  }

  @Test
  void shouldReadBackEveryNameThatItGave() {
    Random random = new Random(15);
    int names = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(6); n >= 0; n--) {
        text.appendCodePoint(random.nextInt(random.nextBoolean() ? 0x80 : 0x11_0000));
      }
      try {
        String name = StreamName.of(text.toString());
        String path = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        assertThat(StreamName.ofPath(path)).isEqualTo(name);
        names++;
      } catch (IllegalArgumentException expected) {
        assertThat(expected).hasMessageMatching("[ -~]+");
      }
    }
    assertThat(names).isPositive();
  }
}
