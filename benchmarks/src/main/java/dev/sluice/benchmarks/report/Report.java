package dev.sluice.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Prints the JSON results of JMH or of the load profile as tables, and leaves tables and charts
 * next to them: {@code java -cp benchmarks.jar dev.sluice.benchmarks.report.Report
 * results-quick.json}.
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
   * Leaves tables and charts next to the results: {@code .md} and {@code .svg}, and for JMH's the
   * comparison of the engine with the reference's way in {@code -compared.svg}.
   *
   * @param json what JMH or the load profile wrote
   * @return the tables
   * @throws IOException if it cannot be read, or the others not be written
   */
  public static String write(Path json) throws IOException {
    Object results = Json.parse(Files.readString(json));
    return results instanceof Map<?, ?> load ? writeLoad(json, load) : writeJmh(json, results);
  }

  private static String writeLoad(Path json, Map<?, ?> load) throws IOException {
    Comparison comparison = LoadResults.compare(load);
    Files.writeString(sibling(json, ".svg"), ComparisonChart.of(comparison));
    return table(json, Table.of(comparison));
  }

  private static String writeJmh(Path json, Object jmh) throws IOException {
    Results results = Results.of(jmh);
    Comparison comparison = HotPathComparison.of(results);
    Files.writeString(sibling(json, ".svg"), Chart.of(results));
    Files.writeString(sibling(json, "-compared.svg"), ComparisonChart.of(comparison));
    return table(json, Table.of(comparison) + Table.of(results));
  }

  private static String table(Path json, String table) throws IOException {
    Files.writeString(sibling(json, ".md"), table);
    return table;
  }

  private static Path sibling(Path json, String extension) {
    String name = json.getFileName().toString();
    return json.resolveSibling(name.replaceFirst("\\.json$", "") + extension);
  }
}
