package dev.sluice;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The tests' class path changed, and loaded a second time, as that of a host. */
final class HostClassPath {
  /**
   * for ever: a native library of Netty that is unloaded takes the functions of its namesake with
   * it
   */
  private static final List<ClassLoader> LOADED = new CopyOnWriteArrayList<>();

  private final Stream<Path> entries;

  private HostClassPath(Stream<Path> entries) {
    this.entries = entries;
  }

  static HostClassPath whole() {
    return new HostClassPath(
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of));
  }

  /** without the jars of an artifact */
  static HostClassPath without(String artifact) {
    return new HostClassPath(
        whole()
            .entries
            .filter(
                entry -> !entry.getFileName().toString().matches(artifact + "(-base)?-[0-9].*")));
  }

  HostClassPath and(Path entry) {
    return new HostClassPath(Stream.concat(entries, Stream.of(entry)));
  }

  /**
   * Runs a host.
   *
   * @param type public and with a constructor without parameters
   */
  void run(Class<? extends Runnable> type) throws IOException, ReflectiveOperationException {
    URL[] urls = entries.map(HostClassPath::url).toArray(URL[]::new);
    try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      LOADED.add(loader);
      Class<?> host = loader.loadClass(type.getName());
      ((Runnable) host.getDeclaredConstructor().newInstance()).run();
    }
  }

  private static URL url(Path entry) {
    try {
      return entry.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(entry.toString(), e);
    }
  }
}
