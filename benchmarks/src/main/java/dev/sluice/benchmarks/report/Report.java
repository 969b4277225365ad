package dev.sluice.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Prints JMH's JSON results as a table, and leaves the table and a chart next to them: {@code java
 * -cp benchmarks.jar dev.sluice.benchmarks.report.Report results-quick.json}.
 */
public final class Report {

  private Report() {}

  /**
   * Reports results of an earlier run.
   *
   * @param arguments the JSON file
   * @throws IOException if it cannot be read, or the others not be written
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      System.err.println("Report RESULTS.json");
      System.exit(2);
    }
    System.out.println(write(Path.of(arguments[0])));
  }

  /**
   * Leaves table and chart next to the results.
   *
   * @param json what JMH wrote
   * @return the table
   * @throws IOException if it cannot be read, or the others not be written
   */
  public static String write(Path json) throws IOException {
    Results results = Results.read(json);
    String table = Table.of(results);
    Files.writeString(sibling(json, ".md"), table);
    Files.writeString(sibling(json, ".svg"), Chart.of(results));
    return table;
  }

  private static Path sibling(Path json, String extension) {
    String name = json.getFileName().toString();
    return json.resolveSibling(name.replaceFirst("\\.json$", "") + extension);
  }
}
