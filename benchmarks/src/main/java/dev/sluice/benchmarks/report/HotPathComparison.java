package dev.sluice.benchmarks.report;

import dev.sluice.benchmarks.report.Comparison.Bar;
import dev.sluice.benchmarks.report.Comparison.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The engine's hot paths against the reference's way of doing the same, as JMH measured them. */
final class HotPathComparison {

  /**
   * Two benchmarks of one class.
   *
   * @param label what they do
   * @param group simple name of the class
   * @param theirs method that does it the reference's way
   * @param ours method of the engine
   * @param parameter in which they differ, empty for none
   * @param theirValue of the parameter
   * @param ourValue of the parameter
   */
  private record Pair(
      String label,
      String group,
      String theirs,
      String ours,
      String parameter,
      String theirValue,
      String ourValue) {

    Pair(String label, String group, String theirs, String ours) {
      this(label, group, theirs, ours, "", "", "");
    }

    Pair(String label, String group, String method, String parameter, String their, String our) {
      this(label, group, method, method, parameter, their, our);
    }

    boolean isOurs(Measurement measurement) {
      Object value = measurement.parameters().get(parameter);
      return measurement.group().equals(group)
          && measurement.name().equals(ours)
          && (parameter.isEmpty() || ourValue.equals(value));
    }

    boolean isTheirs(Measurement measurement, Measurement mine) {
      Map<Object, Object> parameters = new HashMap<>(mine.parameters());
      if (!parameter.isEmpty()) {
        parameters.put(parameter, theirValue);
      }
      return measurement.group().equals(group)
          && measurement.name().equals(theirs)
          && measurement.parameters().equals(parameters);
    }

    String label(Measurement mine) {
      String common =
          mine.parameters().entrySet().stream()
              .filter(entry -> !entry.getKey().equals(parameter))
              .map(entry -> entry.getKey() + " " + entry.getValue())
              .collect(Collectors.joining(", "));
      return common.isEmpty() ? label : label + ", " + common;
    }
  }

  private static final List<Pair> PAIRS =
      List.of(
          new Pair("an access unit out", "Egress", "referenceBaseline", "resilient"),
          new Pair("a packet sent", "Send", "sluiceOneByOne", "sluiceSegmented"),
          new Pair(
              "a packet protected",
              "Srtp",
              "protect",
              "profile",
              "AES_CM_128_HMAC_SHA1_80",
              "AEAD_AES_128_GCM"),
          new Pair("a packet remembered", "History", "storeCopies", "storeShared"),
          new Pair("heap of a history", "HistoryMemory", "copies", "shared"),
          new Pair("a NACK answered", "History", "answerCopies", "answerShared"),
          new Pair("a picture cut anew", "Fragmentation", "joining", "streaming"),
          new Pair("an interleaved frame", "InterleavedFrames", "heapCopies", "slices"),
          new Pair("a buffer", "Buffer", "unpooled", "pooled"),
          new Pair("a second of RTCP", "Rtcp", "secondOfReports", "intervalSeconds", "1", "3"));

  private HotPathComparison() {}

  static Comparison of(Results results) {
    return new Comparison(
        "Hot paths: CPU time of the benchmark's thread",
        results.machine(),
        List.of("the reference's way", "the engine, default options"),
        PAIRS.stream().flatMap(pair -> rows(pair, results)).toList());
  }

  private static Stream<Row> rows(Pair pair, Results results) {
    return results.measurements().stream()
        .filter(pair::isOurs)
        .flatMap(
            mine ->
                results.measurements().stream()
                    .filter(other -> pair.isTheirs(other, mine))
                    .map(theirs -> row(pair.label(mine), theirs, mine)));
  }

  private static Row row(String label, Measurement theirs, Measurement mine) {
    return new Row(label, List.of(bar(theirs, theirs), bar(mine, theirs)), Double.NaN);
  }

  private static Bar bar(Measurement measurement, Measurement base) {
    double ratio = measurement.figure() / base.figure();
    return new Bar(ratio, ratio, ratio, measurement.figureText());
  }
}
