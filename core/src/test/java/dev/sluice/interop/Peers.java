package dev.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs that nobody here wrote. */
public final class Peers {
  private Peers() {}

  /** skips the test where a program is missing, unless it has to be there */
  public static void assumeInstalled(String program) {
    boolean installed =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    assume(installed, program);
  }

  /** the same, for what is not a program of its own */
  public static void assume(boolean installed, String what) {
    boolean required = Boolean.parseBoolean(System.getenv("SLUICE_REQUIRE_PEERS"));
    assertThat(installed || !required).as("%s is installed", what).isTrue();
    assumeTrue(installed, what + " is missing");
  }

  /** starts a command line, whose arguments have no spaces, with all that it says in a file */
  public static Process start(String command, Path output) throws IOException {
    return new ProcessBuilder(command.split(" "))
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  /** starts one that writes media to its standard output */
  public static Process startPiped(String command) throws IOException {
    return new ProcessBuilder(command.split(" "))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  public static void stop(Process process) throws InterruptedException {
    process.destroy();
    process.waitFor(5, TimeUnit.SECONDS);
    process.destroyForcibly();
  }
}
