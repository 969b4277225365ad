package dev.sluice.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The namespace that the script {@code lossy-network} makes, when this process was started in it:
 * there the kernel throws datagrams away, not the viewers.
 */
final class LossyNetwork {
  private static final @Nullable String SCRIPT = System.getenv("LOSSY_NETWORK");

  private LossyNetwork() {}

  static boolean isHere() {
    return SCRIPT != null;
  }

  /** Loses so many of the datagrams from now on, 0 to 1; does nothing elsewhere. */
  static void lose(double share) throws IOException, InterruptedException {
    if (SCRIPT != null) {
      run(SCRIPT, String.format(Locale.ROOT, "%.2f", share * 100));
    }
  }

  /** datagrams lost so far; 0 elsewhere */
  static long lost() throws IOException, InterruptedException {
    return SCRIPT == null ? 0 : Long.parseLong(run(SCRIPT));
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String answer =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
    return answer;
  }
}
