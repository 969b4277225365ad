package dev.sluice.sdp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Damages text the way a broken or hostile peer would: characters, lines and numbers. */
final class Mutation {

  private static final String ALPHABET = "\r\n=: /;,*-0123456789aAmvz\u0000\u0660\ud83d";

  private Mutation() {}

  static String of(String text, Random random) {
    String result = text;
    for (int i = random.nextInt(4); i >= 0 && !result.isEmpty(); i--) {
      result = random.nextBoolean() ? characters(result, random) : lines(result, random);
    }
    return result;
  }

  private static String characters(String text, Random random) {
    StringBuilder out = new StringBuilder(text);
    int at = random.nextInt(text.length());
    char c = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    switch (random.nextInt(5)) {
      case 0 -> out.setCharAt(at, c);
      case 1 -> out.insert(at, c);
      case 2 -> out.deleteCharAt(at);
      case 3 -> out.setLength(at);
      default -> out.delete(at, Math.min(text.length(), at + 1 + random.nextInt(20)));
    }
    return out.toString();
  }

  private static String lines(String text, Random random) {
    List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
    int from = random.nextInt(lines.size());
    int to = random.nextInt(lines.size());
    switch (random.nextInt(4)) {
      case 0 -> lines.remove(from);
      case 1 -> Collections.swap(lines, from, to);
      case 2 -> lines.add(to, lines.get(from));
      default -> lines.set(from, lines.get(from).split("[: ]", 2)[0]);
    }
    return String.join("\n", lines);
  }
}
