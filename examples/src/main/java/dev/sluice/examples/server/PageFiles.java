package dev.sluice.examples.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of the page, in memory. */
final class PageFiles {

  /**
   * One file.
   *
   * @param contentType media type
   * @param bytes content
   */
  record PageFile(String contentType, byte[] bytes) {}

  private static final Map<String, String> CONTENT_TYPES =
      Map.of(
          "index.html", "text/html;charset=utf-8",
          "app.js", "text/javascript;charset=utf-8",
          "whep.js", "text/javascript;charset=utf-8",
          "whip.js", "text/javascript;charset=utf-8",
          "publish.js", "text/javascript;charset=utf-8",
          "style.css", "text/css;charset=utf-8",
          "icon.svg", "image/svg+xml");

  private final Map<String, PageFile> files = new HashMap<>();

  PageFiles() throws IOException {
    for (Map.Entry<String, String> file : CONTENT_TYPES.entrySet()) {
      files.put(file.getKey(), new PageFile(file.getValue(), read(file.getKey())));
    }
  }

  /** {@return the file of this name, or null} */
  @Nullable PageFile file(String name) {
    return files.get(name);
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream in = PageFiles.class.getResourceAsStream("page/" + name)) {
      if (in == null) {
        throw new IOException("the resource page/" + name + " is missing");
      }
      return in.readAllBytes();
    }
  }
}
