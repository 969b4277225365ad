package dev.sluice.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the figures were measured on. */
final class Machine {

  private Machine() {}

  static Map<String, String> describe() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("cpu", Runtime.getRuntime().availableProcessors() + " x " + cpuModel());
    facts.put("os", System.getProperty("os.name") + ' ' + System.getProperty("os.version"));
    facts.put(
        "jdk", System.getProperty("java.vendor") + ' ' + System.getProperty("java.vm.version"));
    if (LossyNetwork.isHere()) {
      facts.put("network", "a namespace whose kernel loses datagrams");
    }
    return facts;
  }

  private static String cpuModel() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
