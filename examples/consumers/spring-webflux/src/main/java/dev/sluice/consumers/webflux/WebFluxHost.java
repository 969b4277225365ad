package dev.sluice.consumers.webflux;

import dev.sluice.consumers.SampleRelay;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A host on Spring WebFlux; the same source for both lines of Spring Boot. */
@SpringBootApplication
public class WebFluxHost {

  /**
   * Runs until the process ends.
   *
   * @param args none
   */
  public static void main(String[] args) {
    System.setProperty("server.port", String.valueOf(SampleRelay.httpPort()));
    SpringApplication.run(WebFluxHost.class, args);
  }

  @Bean
  SampleRelay relay() {
    return new SampleRelay();
  }
}
