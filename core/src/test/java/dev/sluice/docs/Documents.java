package dev.sluice.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The README and the pages for hosts, as far as tests look into them. */
final class Documents {
  private static final String FENCE = "```";
  private static final Path ROOT = root();
  private static final List<String> PAGES =
      List.of(
          "README.md",
          "docs/architecture.md",
          "docs/configuration.md",
          "docs/embedding.md",
          "docs/security.md",
          "docs/spring-boot.md");

  private Documents() {}

  /**
   * What stands between two fences.
   *
   * @param place file and line, for messages
   * @param language behind the opening fence
   * @param remark the comment in the line before, empty for none
   */
  record Block(String place, String language, String remark, List<String> lines) {
    String text() {
      return String.join("\n", lines);
    }
  }

  static List<Path> all() {
    return PAGES.stream().map(ROOT::resolve).toList();
  }

  static Stream<Block> blocks(String language) {
    return all().stream()
        .flatMap(file -> blocks(file).stream())
        .filter(block -> block.language().equals(language));
  }

  /** the rows of the first table below a heading, without its head */
  static List<List<String>> table(String page, String heading) {
    List<String> below =
        lines(ROOT.resolve(page)).stream().dropWhile(line -> !line.equals(heading)).toList();
    return below.stream()
        .skip(1)
        .dropWhile(line -> !line.startsWith("|"))
        .takeWhile(line -> line.startsWith("|"))
        .skip(2)
        .map(Documents::cells)
        .toList();
  }

  static String read(String file) {
    return String.join("\n", lines(ROOT.resolve(file)));
  }

  private static List<String> cells(String row) {
    return Stream.of(row.substring(1, row.lastIndexOf('|')).split("\\|"))
        .map(cell -> cell.strip().replace("`", ""))
        .toList();
  }

  private static List<Block> blocks(Path file) {
    List<Block> blocks = new ArrayList<>();
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(FENCE)) {
        int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf(FENCE);
        blocks.add(
            new Block(
                ROOT.relativize(file) + ":" + (i + 1),
                lines.get(i).substring(FENCE.length()).strip(),
                i > 0 && lines.get(i - 1).startsWith("<!--") ? lines.get(i - 1) : "",
                lines.subList(i + 1, end)));
        i = end;
      }
    }
    return blocks;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("LICENSE"))) {
      directory = directory.getParent();
    }
    return directory;
  }
}
