package dev.sluice.benchmarks.load;

import static java.util.stream.Collectors.joining;

import dev.sluice.benchmarks.load.relay.RelaySet;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Named values: the defaults, over them a preset's, over them the command line's. */
final class Settings {
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("streams", "1");
    DEFAULTS.put("viewers", "1");
    DEFAULTS.put("kilobits", "2000");
    DEFAULTS.put("framerate", "30");
    DEFAULTS.put("publish", "push");
    DEFAULTS.put("checked", "1");
    DEFAULTS.put("variants", "RESILIENT");
    DEFAULTS.put("rounds", "3");
    DEFAULTS.put("trial", "3");
    DEFAULTS.put("settle", "3");
    DEFAULTS.put("warmup", "10");
    DEFAULTS.put("seconds", "10");
    DEFAULTS.put("floor", "false");
    DEFAULTS.put("profile", "false");
    DEFAULTS.put("relay-loops", "2");
    DEFAULTS.put("viewer-loops", "1");
    DEFAULTS.put("jvm", "-Xmx512m -XX:+UseSerialGC");
    DEFAULTS.put("out", "target/load");
  }

  private static final Map<String, Map<String, String>> PRESETS =
      Map.of(
          "fanout",
          Map.of(
              "viewers",
              "100",
              "warmup",
              "80",
              "seconds",
              "20",
              "rounds",
              "2",
              "variants",
              "RESILIENT,LOW_OVERHEAD",
              "floor",
              "true"),
          "streams",
          Map.of(
              "streams",
              "64",
              "publish",
              "rtsp",
              "warmup",
              "60",
              "seconds",
              "20",
              "rounds",
              "2",
              "variants",
              "REFERENCE_BASELINE,LOW_OVERHEAD,RESILIENT"),
          "loss",
          Map.of(
              "viewers",
              "100",
              "warmup",
              "40",
              "seconds",
              "15",
              "rounds",
              "2",
              "variants",
              "RESILIENT,RESILIENT:loss=0.02"),
          "rtcp",
          Map.of(
              "streams",
              "4",
              "viewers",
              "10",
              "kilobits",
              "300",
              "seconds",
              "30",
              "rounds",
              "1",
              "variants",
              "RESILIENT:report=1000,RESILIENT:report=3000"),
          "loops",
          Map.of(
              "viewers",
              "100",
              "publish",
              "saturate",
              "checked",
              "0.04",
              "variants",
              "RESILIENT:loops=1,RESILIENT:loops=2"),
          "free",
          Map.of());

  private final Map<String, String> values = new LinkedHashMap<>(DEFAULTS);

  private Settings() {}

  /**
   * Reads a command line.
   *
   * @param preset its first word
   * @param arguments pairs like {@code --streams 64} or {@code --streams=64}
   * @throws IllegalArgumentException for what is not known
   */
  static Settings of(String preset, List<String> arguments) {
    Map<String, String> chosen = PRESETS.get(preset);
    if (chosen == null) {
      throw new IllegalArgumentException("no preset '" + preset + "'\n" + usage());
    }
    Settings settings = new Settings();
    settings.values.putAll(chosen);
    List<String> words =
        arguments.stream()
            .flatMap(word -> Stream.of(word.split("=", isOption(word) ? 2 : 1)))
            .toList();
    for (int i = 0; i < words.size(); i += 2) {
      String name = words.get(i).replaceFirst("^--", "");
      if (!DEFAULTS.containsKey(name) || i + 1 == words.size()) {
        throw new IllegalArgumentException("'" + words.get(i) + "' is no setting\n" + usage());
      }
      settings.values.put(name, words.get(i + 1));
    }
    return settings;
  }

  static String usage() {
    StringBuilder text = new StringBuilder("load PRESET [--SETTING VALUE]...\npresets:\n");
    PRESETS.keySet().stream().sorted().forEach(p -> text.append("  ").append(p).append('\n'));
    text.append("settings, with their defaults:\n");
    DEFAULTS.forEach((name, value) -> text.append("  --" + name + " \"" + value + "\"\n"));
    return text.append("--publish: push, rtsp or saturate\n")
        .append(
            "--variants, with commas: SET[:report=MILLISECONDS][:loss=SHARE][:loops=COUNT][:mdns=RATE]\n")
        .append("SET: ")
        .append(Arrays.stream(RelaySet.values()).map(Enum::name).collect(joining(", ")))
        .toString();
  }

  String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no setting " + name);
    }
    return value;
  }

  int number(String name) {
    return Integer.parseInt(text(name));
  }

  double decimal(String name) {
    return Double.parseDouble(text(name));
  }

  boolean flag(String name) {
    return Boolean.parseBoolean(text(name));
  }

  Map<String, String> values() {
    return values;
  }

  private static boolean isOption(String word) {
    return word.startsWith("--");
  }
}
