package dev.sluice.fanout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of a test, written where who wants to know them finds them. */
final class LinkTable {
  private static final Path DIRECTORY = Path.of("target", "links");

  private final String name;
  private final List<String> lines = new ArrayList<>();

  LinkTable(String name, String... columns) {
    this.name = name;
    add(List.of(columns));
    add(List.of(columns).stream().map(column -> "---").toList());
  }

  void row(Object... cells) {
    add(
        List.of(cells).stream()
            .map(cell -> cell instanceof Double d ? String.format(Locale.ROOT, "%.2f", d) : cell)
            .map(Object::toString)
            .toList());
  }

  void write() {
    try {
      Files.write(Files.createDirectories(DIRECTORY).resolve(name + ".md"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(List<String> cells) {
    lines.add("| " + String.join(" | ", cells) + " |");
  }
}
