package dev.sluice.examples.server;

import dev.sluice.LiveStream;
import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Collectors;

/** What {@code GET /api/streams} answers, as JSON. */
final class StreamList {
  private StreamList() {}

  static String json(int rtspPort, Collection<LiveStream> streams) {
    String list =
        streams.stream()
            .sorted(Comparator.comparing(LiveStream::name))
            .map(StreamList::json)
            .collect(Collectors.joining(","));
    return "{\"rtspPort\":%d,\"streams\":[%s]}".formatted(rtspPort, list);
  }

  private static String json(LiveStream stream) {
    String codecs =
        stream.tracks().stream()
            .map(track -> quote(track.codec().name()))
            .collect(Collectors.joining(","));
    return "{\"name\":%s,\"live\":%b,\"codecs\":[%s],\"viewers\":%d}"
        .formatted(quote(stream.name()), stream.isLive(), codecs, stream.viewers().size());
  }

  /** A JSON string (RFC 8259, section 7). */
  static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
