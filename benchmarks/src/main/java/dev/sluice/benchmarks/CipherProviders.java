package dev.sluice.benchmarks;

import java.lang.reflect.Field;
import java.security.Provider;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The JCA providers that a host may name for packet ciphers, by short names. */
public final class CipherProviders {
  private static final List<String> NAMES = List.of("JDK", "BouncyCastle", "Corretto", "Conscrypt");

  private CipherProviders() {}

  /** {@return the names of those that load on this machine} */
  public static List<String> available() {
    List<String> available = new ArrayList<>();
    for (String name : NAMES) {
      try {
        named(name);
        available.add(name);
      } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
        System.out.println("# " + name + " does not load here: " + e);
      }
    }
    return available;
  }

  /**
   * Makes a provider.
   *
   * @param name one of those that are {@link #available}
   * @return null for the JDK's choice
   */
  public static Provider named(String name) throws ReflectiveOperationException {
    return switch (name) {
      case "JDK" -> null;
      case "BouncyCastle" -> new BouncyCastleProvider();
      case "Corretto" -> corretto();
      case "Conscrypt" ->
          (Provider) Class.forName("org.conscrypt.Conscrypt").getMethod("newProvider").invoke(null);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Provider corretto() throws ReflectiveOperationException {
    Class<?> type =
        Class.forName("com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider");
    Field instance = type.getField("INSTANCE");
    Provider provider = (Provider) instance.get(null);
    type.getMethod("assertHealthy").invoke(provider);
    return provider;
  }
}
