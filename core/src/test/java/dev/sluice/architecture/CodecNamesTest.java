package dev.sluice.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.codec.Codec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A codec is its rtp package, its file in codec, its parameters and a line of the enum. */
class CodecNamesTest {
  private static final Path PROJECT = Path.of("..");
  private static final List<String> MODULES = List.of("rtp", "rtcp", "ice", "srtp", "core");
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*");

  @ParameterizedTest
  @EnumSource
  void shouldBeNamedNowhereElse(Codec codec) {
    Pattern name = Pattern.compile("(?i)(?<![a-z])" + codec.name() + "(?![0-9])");

    assertThat(sources())
        .isNotEmpty()
        .filteredOn(source -> !isOfACodec(source))
        .filteredOn(source -> name.matcher(code(source)).find())
        .isEmpty();
  }

  private static Stream<Path> sources() {
    return MODULES.stream()
        .map(module -> PROJECT.resolve(module).resolve("src/main/java"))
        .flatMap(CodecNamesTest::files)
        .filter(file -> file.toString().endsWith(".java"));
  }

  private static boolean isOfACodec(Path source) {
    String path = source.toString().toLowerCase(Locale.ROOT).replace('\\', '/');
    return path.contains("/dev/sluice/codec/")
        || path.matches(".*/dev/sluice/rtp/[^/]+/[^/]+")
        || path.endsWith("/module-info.java"); // lists the packages
  }

  private static String code(Path source) {
    try {
      return COMMENT.matcher(Files.readString(source)).replaceAll("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> files(Path root) {
    try {
      return Files.walk(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
