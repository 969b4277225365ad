package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BouncyCastleTest {
  @TempDir Path directory;

  @Test
  void shouldNameAllJarsInTheOrderOfTheClassPath() throws IOException {
    URL[] classPath = {
      jar("bcprov-jdk15on-1.70.jar", "crypto/CryptoServicesRegistrar"),
      jar("bctls-jdk18on-1.84.jar", "tls/TlsUtils"),
      jar("bcprov-jdk18on-1.84.jar", "crypto/CryptoServicesRegistrar"),
    };
    try (URLClassLoader host = new URLClassLoader(classPath, null)) {
      assertThat(BouncyCastle.mismatch(host))
          .contains("bctls-jdk18on-1.84.jar, bcprov-jdk15on-1.70.jar, bcprov-jdk18on-1.84.jar. ");
    }
  }

  @Test
  void shouldSeeThatItIsTheFirstProvider() {
    assertThat(BouncyCastle.isFirstForPackets()).isFalse();
    Provider provider = new BouncyCastleProvider();
    Security.insertProviderAt(provider, 1);
    try {
      assertThat(BouncyCastle.isFirstForPackets()).isTrue();
    } finally {
      Security.removeProvider(provider.getName());
    }
  }

  private URL jar(String name, String type) throws IOException {
    Path file = directory.resolve(name);
    try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(file))) {
      jar.putNextEntry(new ZipEntry("org/bouncycastle/" + type + ".class"));
    }
    return file.toUri().toURL();
  }
}
