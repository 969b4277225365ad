package dev.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SuiteTest {
  private final StringWriter said = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--help             | quick, full, report, load",
        "load --help        | fanout, streams, loss, rtcp, loops, free",
        "load loops --help  | --variants, RESILIENT:loops=2, --checked, 0.04",
        "quick --help       | what the benchmarks' names contain",
      })
  void shouldExplainEachCommand(String arguments, String words) {
    assertThat(execute(arguments)).isZero();
    assertThat(said.toString()).contains(words.split(", "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                        | --help says what there is.",
        "quik                      | quick",
        "load                      | load --help says what there is.",
        "load fanuot               | fanout",
        "load fanout --viewer 3    | --viewers",
        "load free --variants=FAST | FAST",
        "report                    | report --help says what there is.",
        "report nothing.json       | nothing.json",
      })
  void shouldSayWhatIsWrongAndExitWithTwo(String arguments, String word) {
    assertThat(execute(arguments)).isEqualTo(2);
    assertThat(said.toString()).contains(word, " --help says what there is.");
  }

  private int execute(String arguments) {
    PrintWriter writer = new PrintWriter(said, true);
    CommandLine line = Suite.line().setOut(writer).setErr(writer);
    return line.execute(arguments.isEmpty() ? new String[0] : arguments.split(" "));
  }
}
