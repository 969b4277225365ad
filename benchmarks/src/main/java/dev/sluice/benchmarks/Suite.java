package dev.sluice.benchmarks;

import dev.sluice.benchmarks.attack.AttackSuite;
import dev.sluice.benchmarks.bottleneck.BottleneckCommand;
import dev.sluice.benchmarks.load.LoadCommand;
import dev.sluice.benchmarks.report.Report;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs the benchmarks and reports: {@code java -jar benchmarks.jar quick|full [regular
 * expression]}. Other commands are {@code load}, {@code attack}, {@code bottleneck} and {@code
 * report}; {@code --help} explains them.
 *
 * <p>Next to the jar it leaves {@code results-quick.json} (JMH's own format), {@code .md} and
 * {@code .svg}, or {@code results-full} with those.
 */
@Command(name = Suite.NAME, description = "Measures the packet path, or a whole relay.")
public final class Suite {
  static final String NAME = "java -jar benchmarks.jar";

  private static final String PACKAGE = "dev\\.sluice\\.benchmarks\\.[A-Z].*";
  private static final String INCLUDE = "what the benchmarks' names contain; all if it is left out";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "show this")
  private boolean help;

  @Spec private CommandSpec spec = CommandSpec.create();

  private Suite() {}

  /**
   * Obeys a command and exits with its status.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    System.exit(line().execute(arguments));
  }

  static CommandLine line() {
    return new CommandLine(new Suite())
        .addSubcommand(LoadCommand.line())
        .addSubcommand(new AttackSuite())
        .addSubcommand(new BottleneckCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((wrong, words) -> explain(wrong));
  }

  @Command(description = "measures each part for some minutes")
  void quick(
      @Parameters(
              arity = "0..1",
              paramLabel = "EXPRESSION",
              defaultValue = PACKAGE,
              description = INCLUDE)
          String include)
      throws RunnerException, IOException, URISyntaxException {
    Path results = home().resolve("results-quick.json");
    measure(quick(options(include, results)), results);
  }

  @Command(description = "measures each part for hours: every provider, three forks")
  void full(
      @Parameters(
              arity = "0..1",
              paramLabel = "EXPRESSION",
              defaultValue = PACKAGE,
              description = INCLUDE)
          String include)
      throws RunnerException, IOException, URISyntaxException {
    Path results = home().resolve("results-full.json");
    measure(full(options(include, results)), results);
  }

  @Command(description = "makes tables and charts of earlier results, also of the load profile's")
  void report(@Parameters(paramLabel = "FILE", description = "their JSON") Path results) {
    try {
      System.out.println(Report.write(results));
    } catch (IOException | IllegalArgumentException failure) {
      throw new ParameterException(
          spec.commandLine(), "No results can be read from " + results + ": " + failure);
    }
  }

  private void measure(ChainedOptionsBuilder options, Path results)
      throws RunnerException, IOException {
    try {
      new Runner(options.build()).run();
    } catch (NoBenchmarksException none) {
      throw new ParameterException(spec.commandLine(), "No benchmark's name contains that");
    }
    System.out.println(Report.write(results));
  }

  private static int explain(ParameterException wrong) {
    CommandLine line = wrong.getCommandLine();
    line.getErr().println(wrong.getMessage());
    UnmatchedArgumentException.printSuggestions(wrong, line.getErr());
    line.getErr().println(line.getCommandSpec().qualifiedName() + " --help says what there is.");
    return CommandLine.ExitCode.USAGE;
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
