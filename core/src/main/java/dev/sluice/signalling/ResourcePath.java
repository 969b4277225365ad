package dev.sluice.signalling;

import dev.sluice.StreamName;
import org.jspecify.annotations.Nullable;

/**
 * What a path stands for.
 *
 * <pre>{@code
 * <prefix>/<stream>/<suffix>               the endpoint of a stream
 * <prefix>/<stream>/<suffix>/<session id>  a session
 * }</pre>
 *
 * @param stream the name of the stream; it may hold slashes
 * @param session the identifier of the session, or null for the endpoint
 */
record ResourcePath(String stream, @Nullable String session) {

  /**
   * Parses a path, or returns null when it is of another form.
   *
   * @throws IllegalArgumentException if what it has for a stream's name is none
   */
  static @Nullable ResourcePath parse(String path, SignallingOptions<?> options) {
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

  private static ResourcePath of(String encodedStream, @Nullable String session) {
    return new ResourcePath(StreamName.ofPath(encodedStream), session);
  }
}
