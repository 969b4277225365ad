package dev.sluice;

import io.netty.util.Version;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names Netty jars that are missing, too old or of several versions, before one of their classes
 * fails to link.
 */
final class NettyCheck {
  private static final int OLDEST_OF_4_1 = 102;
  private static final String NEWEST_TESTED = "4.2.18.Final";
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
    requireFitting(versions(loader));
  }

  /**
   * Checks the versions.
   *
   * @param versions of artifacts; those of a shaded jar may be unknown
   */
  static void requireFitting(SortedMap<String, String> versions) {
    boolean oneVersion = versions.values().stream().distinct().count() <= 1;
    if (!oneVersion || !versions.values().stream().allMatch(NettyCheck::isSupported)) {
      throw refusal("there are " + versions, recommended(versions));
    }
  }

  private static boolean has(ClassLoader loader, String className) {
    return loader.getResource(className.replace('.', '/') + ".class") != null;
  }

  private static SortedMap<String, String> versions(ClassLoader loader) {
    SortedMap<String, String> versions = new TreeMap<>();
    Version.identify(loader)
        .forEach((artifact, version) -> versions.put(artifact, version.artifactVersion()));
    versions.keySet().retainAll(OF_ONE_VERSION);
    return versions;
  }

  private static boolean isSupported(String version) {
    Matcher parts = SUPPORTED.matcher(version);
    return parts.matches()
        && (parts.group(1).equals("2") || Integer.parseInt(parts.group(2)) >= OLDEST_OF_4_1);
  }

  /** the newest that the host has already, if that will do */
  private static String recommended(SortedMap<String, String> versions) {
    return versions.values().stream()
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
        Netty's jars do not fit: %s. Sluice needs all of one version, 4.1.%d or newer or any 4.2. With \
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
