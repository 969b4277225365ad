package dev.sluice.signalling;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/** Requests as text: a line with method and path, headers, an empty line, and the content. */
public final class RequestTexts {
  private static final InetSocketAddress REMOTE = new InetSocketAddress("192.0.2.1", 4_711);

  private RequestTexts() {}

  /** Reads any text as a request. */
  public static SignallingRequest parse(String text) {
    String[] parts = text.split("\n\n", 2);
    String[] lines = parts[0].split("\n", -1);
    String[] start = lines[0].split(" ", 2);
    Map<String, String> headers = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      String[] header = lines[i].split(": ", 2);
      headers.put(header[0], header[header.length - 1]);
    }
    return new SignallingRequest(
        start[0], start[start.length - 1], headers, parts.length > 1 ? parts[1] : "", REMOTE);
  }
}
