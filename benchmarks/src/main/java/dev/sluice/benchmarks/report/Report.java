package dev.sluice.benchmarks.report;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Makes tables and charts of the JSON results of JMH or of the load profile. */
public final class Report {

  private Report() {}

  /**
   * Leaves tables and charts next to the results: {@code .md} and {@code .svg}, and for JMH's the
   * comparison of the engine with the reference's way in {@code -compared.svg}.
   *
   * @param json what JMH or the load profile wrote
   * @return the tables
   * @throws IOException if it cannot be read, or the others not be written
   */
  public static String write(Path json) throws IOException {
    Object results = JSON.std.anyFrom(json.toFile());
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
