package dev.sluice;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NettyCheckTest {
  @TempDir Path directory;

  /** begins an engine, as a host does */
  public static final class Host implements Runnable {
    @Override
    public void run() {
      RelayEngine.builder().network(NetworkOptions.DEFAULT.withEventLoops(0)).build();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.1.102.Final", "4.1.137.Final-redhat-00001", "4.2.0.Final"})
  void shouldTakeJarsOfOneVersion(String version) {
    assertThatCode(() -> require(version, version)).doesNotThrowAnyException();
  }

  @Test
  void shouldTakeVersionsThatNobodyKnows() {
    assertThatCode(() -> NettyCheck.requireFitting(List.of())).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.1.101.Final", "4.0.56.Final", "5.0.0.Alpha2", "unknown"})
  void shouldNameJarsThatAreNotSupported(String version) {
    assertThatIllegalStateException()
        .isThrownBy(() -> require(version, version))
        .withMessageContaining("netty-common " + version)
        .withMessageContaining("4.1.102 or newer or any 4.2")
        .withMessageContaining("<artifactId>netty-bom</artifactId>");
  }

  @Test
  void shouldNameMixedJarsAndAdviseTheNewest() {
    assertThatIllegalStateException()
        .isThrownBy(() -> require("4.1.130.Final", "4.2.9.Final"))
        .withMessageContaining("netty-common 4.1.130.Final, netty-transport 4.2.9.Final")
        .withMessageContaining("<version>4.2.9.Final</version>");
    assertThatIllegalStateException()
        .isThrownBy(() -> require("4.1.130.Final", "4.1.99.Final"))
        .withMessageContaining("netty-bom:4.1.130.Final");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "netty-common",
        "netty-buffer",
        "netty-resolver",
        "netty-transport",
        "netty-codec",
        "netty-codec-http",
        "netty-transport-native-unix-common",
        "netty-transport-classes-epoll"
      })
  void shouldNameAJarThatIsMissing(String artifact) {
    assertThatIllegalStateException()
        .isThrownBy(() -> HostClassPath.without(artifact).run(Host.class))
        .withMessageContaining("missing are")
        .withMessageContaining(artifact);
  }

  @Test
  void shouldReadTheVersionsOfTheClassPath() throws IOException {
    Path versions = directory.resolve("META-INF/io.netty.versions.properties");
    Files.createDirectories(versions.getParent());
    Files.writeString(
        versions,
        """
        netty-common.version=4.1.90.Final
        """);
    assertThatIllegalStateException()
        .isThrownBy(() -> HostClassPath.whole().and(directory).run(Host.class))
        .withMessageContaining("netty-common 4.1.90.Final")
        .withMessageMatching("(?s).*netty-common 4\\.(?!1\\.90\\.).*")
        .withMessageContaining("netty-transport 4.");
  }

  @Test
  void shouldLetTheJarsOfThisBuildPass() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostClassPath.whole().run(Host.class))
        .withMessageContaining("network.eventLoops");
  }

  private static void require(String common, String transport) {
    NettyCheck.requireFitting(
        List.of(
            new NettyCheck.Jar("netty-common", common),
            new NettyCheck.Jar("netty-transport", transport)));
  }
}
