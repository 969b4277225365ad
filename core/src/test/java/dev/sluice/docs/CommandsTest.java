package dev.sluice.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every command and every link of the documentation leads somewhere. */
class CommandsTest {
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");

  /** {@code .ci/docs-commands} runs them or says who does. */
  @Test
  void shouldHaveCiRunEveryCommand() {
    List<String> known = Documents.read(".ci/docs-commands").lines().map(this::bare).toList();
    List<String> commands =
        Documents.blocks("sh").flatMap(block -> block.lines().stream()).map(this::bare).toList();
    assertThat(commands).isNotEmpty();
    assertThat(known).containsAll(commands);
  }

  @Test
  void shouldLinkToFilesThatExist() {
    List<String> dead = new ArrayList<>();
    for (Path page : Documents.all()) {
      Matcher link = LINK.matcher(Documents.read(page.toString()));
      while (link.find()) {
        if (!Files.exists(page.resolveSibling(link.group(1)))) {
          dead.add(page.getFileName() + " -> " + link.group(1));
        }
      }
    }
    assertThat(dead).isEmpty();
  }

  private String bare(String line) {
    return line.replaceFirst("^\\s*(# by .*?: )?(background )?", "").strip();
  }
}
