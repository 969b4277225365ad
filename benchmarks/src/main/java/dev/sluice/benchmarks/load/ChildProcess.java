package dev.sluice.benchmarks.load;

import dev.sluice.benchmarks.load.relay.ControlLoop;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that obeys lines ({@link ControlLoop}). It ends with its standard input, and so with this
 * process, however that ends.
 */
final class ChildProcess implements AutoCloseable {
  private static final int ANSWER_SECONDS = 60;
  private static final int EXIT_SECONDS = 10;

  private final Process process;
  private final PrintWriter in;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final Thread cleaner;

  private ChildProcess(Process process) {
    this.process = process;
    in = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    cleaner = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(cleaner);
    Thread reader = new Thread(this::readAnswers, "child-output");
    reader.setDaemon(true);
    reader.start();
  }

  static ChildProcess start(Class<?> main, List<String> jvmFlags, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmFlags);
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    try {
      return new ChildProcess(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** Has a command obeyed, and returns the answer. */
  synchronized String command(Object... words) {
    StringBuilder line = new StringBuilder();
    for (Object word : words) {
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    in.println(line);
    String answer = nextAnswer();
    if (!answer.startsWith(ControlLoop.ANSWER)) {
      throw new IllegalStateException(words[0] + ": " + answer);
    }
    return answer.substring(ControlLoop.ANSWER.length());
  }

  @Override
  public void close() {
    in.close();
    try {
      if (!process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      Runtime.getRuntime().removeShutdownHook(cleaner);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      // this process is shutting down, and the hook does the rest
    }
  }

  private String nextAnswer() {
    try {
      String answer = answers.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
      return answer == null ? "no answer" : answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  private void readAnswers() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith(ControlLoop.ANSWER) || line.startsWith(ControlLoop.FAILURE)) {
          answers.add(line);
        } else {
          System.err.println(line);
        }
      }
    } catch (IOException e) {
      // it was destroyed
    }
    answers.add("the process ended, status " + process.onExit().join().exitValue());
  }
}
