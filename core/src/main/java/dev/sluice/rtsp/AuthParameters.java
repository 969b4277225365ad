package dev.sluice.rtsp;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the parameters of challenges and credentials (RFC 7235, section 2.1). */
final class AuthParameters {
  static final String PATTERN =
      "([A-Za-z0-9_-]++)\\s*+=\\s*+(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]++))";

  private static final Pattern PARAMETER = Pattern.compile(PATTERN);

  private AuthParameters() {}

  /** {@return the values by their names in lower case, of one name the first} */
  static Map<String, String> parse(String text) {
    Map<String, String> all = new HashMap<>();
    Matcher matcher = PARAMETER.matcher(text);
    while (matcher.find()) {
      add(all, matcher);
    }
    return all;
  }

  /** Takes the parameter that a pattern with {@link #PATTERN} at its start has found. */
  static void add(Map<String, String> all, Matcher found) {
    String quoted = found.group(2);
    String value = quoted == null ? found.group(3) : quoted.replaceAll("\\\\(.)", "$1");
    all.putIfAbsent(found.group(1).toLowerCase(Locale.ROOT), value);
  }
}
