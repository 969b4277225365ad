package dev.sluice.benchmarks;

import dev.sluice.benchmarks.load.LoadProfile;
import dev.sluice.benchmarks.report.Report;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks and reports: {@code java -jar benchmarks.jar quick|full [regular
 * expression]}. With {@code load} in the place of a set, {@link LoadProfile} runs instead.
 *
 * <p>Next to the jar it leaves {@code results-quick.json} (JMH's own format), {@code .md} and
 * {@code .svg}, or {@code results-full} with those.
 */
public final class Suite {
  private static final String PACKAGE = "dev\\.sluice\\.benchmarks\\.[A-Z].*";

  private Suite() {}

  /**
   * Runs a set.
   *
   * @param arguments {@code quick}, for minutes, or {@code full}, for hours; then, if not all are
   *     wanted, what benchmarks' names contain
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 0 && arguments[0].equals("load")) {
      LoadProfile.main(Arrays.copyOfRange(arguments, 1, arguments.length));
      return;
    }
    String set = arguments.length == 0 ? "" : arguments[0];
    if (!set.equals("quick") && !set.equals("full")) {
      System.err.println("java -jar benchmarks.jar quick|full [regular expression], or load");
      System.exit(2);
    }
    Path results = home().resolve("results-" + set + ".json");
    ChainedOptionsBuilder options = options(arguments.length > 1 ? arguments[1] : PACKAGE, results);
    new Runner((set.equals("quick") ? quick(options) : full(options)).build()).run();
    System.out.println(Report.write(results));
  }

  private static ChainedOptionsBuilder options(String include, Path results) {
    return new OptionsBuilder()
        .include(include)
        .addProfiler(GCProfiler.class)
        .addProfiler(WorkerProfiler.class)
        .resultFormat(ResultFormatType.JSON)
        .result(results.toString())
        .jvmArgsPrepend(EventLoopThreads.JVM_ARGUMENTS)
        .jvmArgsAppend(jvmArguments());
  }

  private static ChainedOptionsBuilder quick(ChainedOptionsBuilder options) {
    return options
        .forks(1)
        .warmupIterations(5)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(5)
        .measurementTime(TimeValue.milliseconds(500))
        .param("viewers", "1", "100")
        .param("listeners", "1", "10")
        .param("provider", "JDK");
  }

  private static ChainedOptionsBuilder full(ChainedOptionsBuilder options) {
    return options
        .forks(3)
        .warmupIterations(5)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(5)
        .measurementTime(TimeValue.seconds(2))
        .param("provider", CipherProviders.available().toArray(String[]::new));
  }

  /** the heap has room for the packet copies of a thousand viewers */
  private static String[] jvmArguments() {
    return Runtime.version().feature() < 24
        ? new String[] {"-Xms1g", "-Xmx4g"}
        : new String[] {
          "-Xms1g",
          "-Xmx4g",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow"
        };
  }

  private static Path home() throws URISyntaxException {
    Path code = Path.of(Suite.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return code.resolveSibling("");
  }
}
