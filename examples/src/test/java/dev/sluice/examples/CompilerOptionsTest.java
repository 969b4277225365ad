package dev.sluice.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JVM says nothing of options for methods that there are not. */
class CompilerOptionsTest {
  private static final Path FILE = Path.of("compiler.options");
  private static final String KEPT_APART = "-XX:CompileCommand=dontinline,";

  static Stream<String> methods() throws IOException {
    return Files.readAllLines(FILE).stream()
        .filter(line -> line.startsWith(KEPT_APART))
        .map(line -> line.substring(KEPT_APART.length()));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void shouldNameAMethodThatThereIs(String pattern) throws ClassNotFoundException {
    String[] parts = pattern.split("::");
    Method[] declared = Class.forName(parts[0]).getDeclaredMethods();
    assertThat(declared)
        .extracting(Method::getName)
        .anyMatch(name -> parts[1].equals("*") || name.equals(parts[1]));
  }

  @Test
  void shouldBeTakenByThisJvm() throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(List.of(java.toString(), "@" + FILE, "-version"))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).doesNotContain("CompileCommand");
  }
}
