package dev.sluice.examples.server;

import dev.sluice.OptionSet;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line of {@link RelayServer}: what its words mean and what is said of wrong ones. */
final class ServerCommand {
  private static final int MAX_PORT = 65_535;
  private static final int MIN_CONSENT_SECONDS = 5;
  private static final int MAX_CONSENT_SECONDS = 300;
  private static final int MAX_WARM_UP_SECONDS = 60;

  /** starts a server */
  interface Action {
    void run(ServerOptions options) throws StartupException;
  }

  /** Reads a port. */
  static final class Port implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return number(value, 0, MAX_PORT);
    }
  }

  /** Reads seconds. */
  static final class ConsentTimeout implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      return Duration.ofSeconds(number(value, MIN_CONSENT_SECONDS, MAX_CONSENT_SECONDS));
    }
  }

  /** Reads seconds. */
  static final class WarmUp implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      return Duration.ofSeconds(number(value, 0, MAX_WARM_UP_SECONDS));
    }
  }

  private ServerCommand() {}

  /**
   * Obeys a command line, or says on standard error what is wrong with it.
   *
   * @param action what is done with the options, unless help was asked for
   * @return the status to exit with: 0 when all is well, 1 when the server cannot start, 2 for an
   *     argument that is not understood
   */
  static int execute(Action action, String... args) {
    return line()
        .setExecutionStrategy(parsed -> run(action, parsed))
        .setParameterExceptionHandler((wrong, words) -> explain(wrong))
        .execute(args);
  }

  /**
   * Reads a command line.
   *
   * @throws ParameterException for an argument that is not understood
   */
  static ServerOptions parse(String... args) {
    CommandLine line = line();
    line.parseArgs(args);
    return line.getCommand();
  }

  private static CommandLine line() {
    CommandLine line = new CommandLine(ServerOptions.class);
    line.getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help").usageHelp(true).description("show this").build());
    return line.setOverwrittenOptionsAllowed(true)
        .registerConverter(InetAddress.class, ServerCommand::address)
        .registerConverter(OptionSet.class, name -> choice(name, OptionSet.values()))
        .registerConverter(SrtpPreference.class, name -> choice(name, SrtpPreference.values()));
  }

  private static int run(Action action, ParseResult parsed) {
    Integer help = CommandLine.executeHelpRequest(parsed);
    if (help != null) {
      return help;
    }
    CommandLine line = parsed.commandSpec().commandLine();
    try {
      action.run(line.getCommand());
      return CommandLine.ExitCode.OK;
    } catch (StartupException failure) {
      line.getErr().println("Sluice cannot start: " + failure.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private static int explain(ParameterException wrong) {
    CommandLine line = wrong.getCommandLine();
    line.getErr().println("Sluice cannot start: " + wrong.getMessage());
    UnmatchedArgumentException.printSuggestions(wrong, line.getErr());
    line.getErr().println("--help lists the options and what they take.");
    return CommandLine.ExitCode.USAGE;
  }

  private static int number(String value, int least, int most) {
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException ignored) {
      // said below
    }
    throw notAllowed(value, "a number from " + least + " to " + most);
  }

  private static InetAddress address(String value) {
    try {
      if (!value.isEmpty()) {
        return InetAddress.getByName(value);
      }
    } catch (UnknownHostException unknown) {
      // said below
    }
    throw notAllowed(value, "an IP address or a name known here");
  }

  private static <E extends Enum<E>> E choice(String name, E[] choices) {
    return Arrays.stream(choices)
        .filter(choice -> spelling(choice).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                notAllowed(
                    name,
                    Arrays.stream(choices)
                        .map(ServerCommand::spelling)
                        .collect(Collectors.joining(" or "))));
  }

  private static String spelling(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static TypeConversionException notAllowed(String value, String allowed) {
    return new TypeConversionException("'" + value + "' was given, allowed is " + allowed);
  }
}
