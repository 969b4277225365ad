package dev.sluice.consumers.micronaut;

import dev.sluice.consumers.SampleRelay;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.runtime.server.EmbeddedServer;
import jakarta.inject.Singleton;
import java.util.Map;

/** A host on Micronaut. */
@Factory
public final class MicronautHost {

  /**
   * Runs until the process ends.
   *
   * @param args none
   */
  public static void main(String[] args) {
    Map<String, Object> properties = Map.of("micronaut.server.port", SampleRelay.httpPort());
    ApplicationContext.run(properties).getBean(EmbeddedServer.class).start();
  }

  @Singleton
  @Bean(preDestroy = "close")
  SampleRelay relay() {
    return new SampleRelay();
  }
}
