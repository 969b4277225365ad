package dev.sluice.examples.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
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

  private static final List<String> NAMES =
      List.of(
          "index.html",
          "dashboard.html",
          "app.js",
          "dashboard.js",
          "chart.js",
          "dom.js",
          "list.js",
          "player.js",
          "publish.js",
          "statistics.js",
          "whep.js",
          "whip.js",
          "style.css",
          "icon.svg");

  private static final Map<String, String> CONTENT_TYPES =
      Map.of(
          "html", "text/html;charset=utf-8",
          "js", "text/javascript;charset=utf-8",
          "css", "text/css;charset=utf-8",
          "svg", "image/svg+xml");

  private final Map<String, PageFile> files = new HashMap<>();

  PageFiles() throws IOException {
    for (String name : NAMES) {
      files.put(name, new PageFile(contentType(name), read(name)));
    }
  }

  /** {@return the file of this name, or null} */
  @Nullable PageFile file(String name) {
    return files.get(name);
  }

  private static String contentType(String name) {
    String extension = name.substring(name.indexOf('.') + 1);
    return CONTENT_TYPES.getOrDefault(extension, "application/octet-stream");
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
