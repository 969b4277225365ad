package dev.sluice;

import java.util.ServiceLoader;

/**
 * Starts engines. Found by {@link ServiceLoader}, so that the types a host sees know nothing of
 * what is behind them; hosts call {@link RelayEngine#builder()}.
 */
public interface RelayEngineProvider {

  /**
   * Starts an engine.
   *
   * @param configuration options that were found to be valid
   * @return the running engine
   * @throws java.io.UncheckedIOException if the address cannot be bound
   */
  RelayEngine start(EngineConfiguration configuration);

  /**
   * {@return the provider that came with these types}
   *
   * @throws IllegalStateException if the class path holds none
   */
  static RelayEngineProvider installed() {
    return ServiceLoader.load(RelayEngineProvider.class, RelayEngineProvider.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no provider of dev.sluice.RelayEngineProvider: keep META-INF/services of"
                        + " sluice-core when jars are merged"));
  }
}
