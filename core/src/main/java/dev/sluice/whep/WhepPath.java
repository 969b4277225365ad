package dev.sluice.whep;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a path stands for.
 *
 * <pre>{@code
 * <prefix>/<stream>/<suffix>               the endpoint of a stream
 * <prefix>/<stream>/<suffix>/<session id>  a session
 * }</pre>
 *
 * @param stream the name of the stream, decoded; it may hold slashes
 * @param session the identifier of the session, or null for the endpoint
 */
record WhepPath(String stream, @Nullable String session) {

  /** Parses a path, or returns null when it is of another form. */
  static @Nullable WhepPath parse(String path, WhepOptions options) {
    String plain = withoutQuery(path);
    if (!plain.startsWith(options.pathPrefix() + '/')) {
      return null;
    }
    String rest = plain.substring(options.pathPrefix().length() + 1);
    String suffix = '/' + options.pathSuffix();
    if (rest.endsWith(suffix)) {
      return of(rest.substring(0, rest.length() - suffix.length()), null);
    }
    int slash = rest.lastIndexOf('/');
    if (slash > 0 && rest.substring(0, slash).endsWith(suffix)) {
      return of(rest.substring(0, slash - suffix.length()), rest.substring(slash + 1));
    }
    return null;
  }

  static String withoutQuery(String path) {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  private static @Nullable WhepPath of(String encodedStream, @Nullable String session) {
    String stream = decode(encodedStream);
    return stream == null || stream.isEmpty() ? null : new WhepPath(stream, session);
  }

  /** Decodes percent-encoded UTF-8, or returns null when it is malformed. */
  private static @Nullable String decode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c > '~') {
        return null;
      }
      if (c != '%') {
        bytes.write(c);
        continue;
      }
      int value = hex(text, i + 1) << 4 | hex(text, i + 2);
      if (value < 0) {
        return null;
      }
      bytes.write(value);
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static int hex(String text, int index) {
    return index < text.length() ? Character.digit(text.charAt(index), 16) : -1;
  }
}
