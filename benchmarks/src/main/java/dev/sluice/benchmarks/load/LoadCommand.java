package dev.sluice.benchmarks.load;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** One {@link Preset} as a command: runs it, prints its table and writes its figures as JSON. */
@Command(abbreviateSynopsis = true, sortOptions = false, showDefaultValues = true)
public final class LoadCommand implements Callable<Integer> {
  private final Preset preset;
  @Mixin private final LoadOptions options = new LoadOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  private LoadCommand(Preset preset) {
    this.preset = preset;
  }

  /** {@return the command {@code load}, with each preset and the soak below it} */
  public static CommandLine line() {
    CommandSpec load = CommandSpec.create().name("load");
    load.usageMessage().description("measures a whole relay, with real sockets and viewers");
    for (Preset preset : Preset.values()) {
      load.addSubcommand(preset.word(), line(preset));
    }
    load.addSubcommand("soak", CommandSpec.forAnnotatedObject(new Soak()));
    return new CommandLine(load);
  }

  private static CommandLine line(Preset preset) {
    CommandLine line = new CommandLine(new LoadCommand(preset));
    line.getCommandSpec().usageMessage().description(preset.description());
    return line.setDefaultValueProvider(preset)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOverwrittenOptionsAllowed(true);
  }

  /**
   * Reports the rounds that were done also when it is interrupted.
   *
   * @return 1 when a viewer saw what must not be
   */
  @Override
  public Integer call() throws Exception {
    LoadProfile profile = new LoadProfile(scenario(), new Progress(System.err));
    Conclusion conclusion =
        new Conclusion(profile.scenario(), settings(), options.out, profile.results());
    Runtime.getRuntime().addShutdownHook(new Thread(conclusion::draw, "conclusion"));
    try {
      profile.run();
    } finally {
      conclusion.draw();
    }
    return profile.results().stream().anyMatch(result -> result.error() != null) ? 1 : 0;
  }

  static Scenario parse(Preset preset, String... arguments) {
    CommandLine line = line(preset);
    line.parseArgs(arguments);
    return line.<LoadCommand>getCommand().scenario();
  }

  private Scenario scenario() {
    try {
      return Scenario.of(preset.word(), options);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '--variants', '--servers' or '--srtp': " + wrong.getMessage());
    }
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    for (OptionSpec option : spec.options()) {
      if (!option.usageHelp()) {
        settings.put(option.longestName().substring(2), String.valueOf(option.<Object>getValue()));
      }
    }
    return settings;
  }
}
