package dev.sluice.benchmarks.load.relay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Answers each line of standard input with one line of standard output, which begins with {@link
 * #ANSWER} or {@link #FAILURE}; ends when standard input does.
 */
public final class ControlLoop {
  /** begins an answer */
  public static final String ANSWER = "> ";

  /** begins the message of a command that failed */
  public static final String FAILURE = "! ";

  /** obeys one command */
  interface Handler {
    String handle(String verb, String[] arguments) throws Exception;
  }

  private ControlLoop() {}

  static void run(Handler handler) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      String[] arguments = Arrays.copyOfRange(words, 1, words.length);
      System.out.println(answer(handler, words[0], arguments));
    }
  }

  private static String answer(Handler handler, String verb, String[] arguments) {
    try {
      return ANSWER + handler.handle(verb, arguments);
    } catch (Exception e) {
      return FAILURE + e;
    }
  }
}
