package dev.sluice.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Java of the documentation compiles, and runs where it can.
 *
 * <p>A block with an import is a whole file. Any other block is a list of statements, which become
 * the body of {@link SnippetContext#run} in a class of its own: names it does not declare are those
 * of the context. All statements run, except under a remark {@code <!-- compiled only: why -->}.
 * Blocks under a remark {@code <!-- file: name -->} are a project, which {@code .ci/docs-commands}
 * builds and runs.
 */
class SnippetsTest {
  private static final String COMPILED_ONLY = "<!-- compiled only:";
  private static final String OF_A_PROJECT = "<!-- file:";
  private static final String IMPORTS =
      """
      import dev.sluice.*;
      import dev.sluice.codec.*;
      import dev.sluice.metrics.*;
      import dev.sluice.rtsp.*;
      import dev.sluice.signalling.*;
      import dev.sluice.srtp.SrtpProfile;
      import dev.sluice.whep.*;
      import dev.sluice.whip.*;
      import io.netty.buffer.ByteBuf;
      import io.netty.channel.*;
      import java.net.*;
      import java.nio.ByteBuffer;
      import java.time.Duration;
      import java.util.*;
      import java.util.concurrent.*;
      """
          .replace("\n", " ");

  @TempDir Path directory;

  @Test
  void shouldCompileAndRun() throws Exception {
    Map<String, Documents.Block> snippets = new TreeMap<>();
    Documents.blocks("java")
        .filter(block -> !block.remark().startsWith(OF_A_PROJECT))
        .forEach(block -> snippets.put("Snippet" + snippets.size(), block));
    assertThat(snippets).hasSizeGreaterThan(5);
    compile(snippets);
    URL[] output = {directory.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(output, getClass().getClassLoader())) {
      for (String name : snippets.keySet()) {
        Documents.Block block = snippets.get(name);
        if (!isFile(block) && !block.remark().startsWith(COMPILED_ONLY)) {
          run(loader.loadClass(name).asSubclass(SnippetContext.class), block);
        }
      }
    }
  }

  private static void run(Class<? extends SnippetContext> type, Documents.Block block) {
    try (SnippetContext snippet = type.getConstructor().newInstance()) {
      snippet.run();
    } catch (Exception e) {
      throw new AssertionError("the snippet in " + block.place() + " fails", e);
    }
  }

  private void compile(Map<String, Documents.Block> snippets) throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(problems, null, null)) {
      List<String> options =
          List.of(
              "-proc:none",
              "-Xlint:deprecation,removal,unchecked,rawtypes,try",
              "-classpath",
              System.getProperty("java.class.path"),
              "-d",
              directory.toString());
      List<Path> sources = new ArrayList<>();
      for (Map.Entry<String, Documents.Block> snippet : snippets.entrySet()) {
        sources.add(write(snippet.getKey(), snippet.getValue()));
      }
      compiler
          .getTask(null, files, problems, options, null, files.getJavaFileObjectsFromPaths(sources))
          .call();
    }
    assertThat(problems.getDiagnostics().stream().map(problem -> describe(problem, snippets)))
        .isEmpty();
  }

  private Path write(String name, Documents.Block block) throws Exception {
    Path folder = Files.createDirectory(directory.resolve(name));
    if (isFile(block)) {
      String type = block.text().replaceAll("(?s).*\\b(class|record|interface) (\\w+).*", "$2");
      return Files.writeString(folder.resolve(type + ".java"), block.text());
    }
    String head =
        IMPORTS
            + "public class "
            + name
            + " extends dev.sluice.docs.SnippetContext {"
            + " @Override public void run() throws Exception {\n";
    return Files.writeString(folder.resolve(name + ".java"), head + block.text() + "\n}}\n");
  }

  private static boolean isFile(Documents.Block block) {
    return Stream.of(block.text().split("\n")).anyMatch(line -> line.startsWith("import "));
  }

  private static String describe(
      Diagnostic<? extends JavaFileObject> problem, Map<String, Documents.Block> snippets) {
    JavaFileObject source = problem.getSource();
    String folder =
        source == null ? "" : Path.of(source.toUri()).getParent().getFileName().toString();
    Documents.Block block = snippets.get(folder);
    return block == null
        ? problem.toString()
        : "the snippet in %s: %s".formatted(block.place(), problem.getMessage(null));
  }
}
