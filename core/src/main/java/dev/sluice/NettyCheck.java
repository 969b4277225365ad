package dev.sluice;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names Netty jars that are missing, too old or of several versions, before one of their classes
 * fails to link.
 */
final class NettyCheck {
  private static final int OLDEST_OF_4_1 = 102;
  private static final String NEWEST_TESTED = "4.2.18.Final";
  private static final String VERSIONS = "META-INF/io.netty.versions.properties";
  private static final Pattern SUPPORTED = Pattern.compile("4\\.([12])\\.(\\d+)\\b.*");

  /** a class of each artifact that an engine runs on */
  private static final Map<String, String> CLASSES =
      Map.of(
          "netty-common", "io.netty.util.Version",
          "netty-buffer", "io.netty.buffer.ByteBuf",
          "netty-resolver", "io.netty.resolver.AddressResolverGroup",
          "netty-transport", "io.netty.channel.EventLoopGroup",
          "netty-codec or netty-codec-base", "io.netty.handler.codec.ByteToMessageDecoder",
          "netty-codec-http", "io.netty.handler.codec.http.HttpObjectDecoder",
          "netty-transport-native-unix-common", "io.netty.channel.unix.Unix",
          "netty-transport-classes-epoll", "io.netty.channel.epoll.Epoll");

  /** artifacts that have to be of one version; the native files say themselves what they fit */
  private static final List<String> OF_ONE_VERSION =
      List.of(
          "netty-common",
          "netty-buffer",
          "netty-resolver",
          "netty-transport",
          "netty-codec",
          "netty-codec-base",
          "netty-codec-http",
          "netty-transport-native-unix-common",
          "netty-transport-classes-epoll");

  /** an artifact as it is on the class path */
  record Jar(String artifact, String version) {}

  private NettyCheck() {}

  /** throws an IllegalStateException that says what is wrong and what to write into the build */
  static void run() {
    ClassLoader loader = NettyCheck.class.getClassLoader();
    List<String> missing =
        CLASSES.entrySet().stream()
            .filter(artifact -> !has(loader, artifact.getValue()))
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    if (!missing.isEmpty()) {
      throw refusal("missing are " + String.join(", ", missing), NEWEST_TESTED);
    }
    requireFitting(jars(loader));
  }

  /**
   * Checks the versions.
   *
   * @param jars those whose version is known; a shaded jar may have lost it
   */
  static void requireFitting(List<Jar> jars) {
    boolean oneVersion = jars.stream().map(Jar::version).distinct().count() <= 1;
    if (!oneVersion || !jars.stream().allMatch(jar -> isSupported(jar.version()))) {
      throw refusal("there are " + names(jars), recommended(jars));
    }
  }

  private static String names(List<Jar> jars) {
    return jars.stream()
        .map(jar -> jar.artifact() + " " + jar.version())
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static boolean has(ClassLoader loader, String className) {
    return loader.getResource(className.replace('.', '/') + ".class") != null;
  }

  /** without Netty's own reader of these files, which parses dates and keeps one jar of a name */
  private static List<Jar> jars(ClassLoader loader) {
    List<Jar> jars = new ArrayList<>();
    try {
      for (URL file : Collections.list(loader.getResources(VERSIONS))) {
        Properties versions = new Properties();
        try (InputStream in = file.openStream()) {
          versions.load(in);
        }
        OF_ONE_VERSION.stream()
            .filter(artifact -> versions.containsKey(artifact + ".version"))
            .map(artifact -> new Jar(artifact, versions.getProperty(artifact + ".version")))
            .forEach(jars::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the versions of Netty's jars cannot be read", e);
    }
    return jars;
  }

  private static boolean isSupported(String version) {
    Matcher parts = SUPPORTED.matcher(version);
    return parts.matches()
        && (parts.group(1).equals("2") || Integer.parseInt(parts.group(2)) >= OLDEST_OF_4_1);
  }

  /** the newest that the host has already, if that will do */
  private static String recommended(List<Jar> jars) {
    return jars.stream()
        .map(Jar::version)
        .filter(NettyCheck::isSupported)
        .max(Comparator.comparingInt(NettyCheck::rank))
        .orElse(NEWEST_TESTED);
  }

  private static int rank(String version) {
    Matcher parts = SUPPORTED.matcher(version);
    return parts.matches()
        ? Integer.parseInt(parts.group(1)) * 100_000 + Integer.parseInt(parts.group(2))
        : 0;
  }

  private static IllegalStateException refusal(String found, String recommended) {
    return new IllegalStateException(
        """
        Netty's jars do not fit: %s. Sluice needs all of one version, 4.1.%s or newer or any 4.2. With \
        Maven, put this first into <dependencyManagement>:
          <dependency>
            <groupId>io.netty</groupId>
            <artifactId>netty-bom</artifactId>
            <version>%s</version>
            <type>pom</type>
            <scope>import</scope>
          </dependency>
        With Gradle: implementation(platform("io.netty:netty-bom:%3$s"))"""
            .formatted(found, OLDEST_OF_4_1, recommended));
  }
}
